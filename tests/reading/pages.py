"""Pages for the tests: a fictitious inspectorate's, newsroom's and charity's, in the layouts that such sites have."""

from bot.campaign import load_pack
from bot.model.finding import Finding
from bot.reading.lexicon import make_lexicon
from bot.reading.page import read_html

LEXICON = make_lexicon(load_pack())
INSPECTORATE = "https://hmiprisons.justiceinspectorates.gov.uk/hmipris_reports/sample"
NEWSROOM = "https://www.bbc.co.uk/news/sample"
CHARITY = "https://howardleague.org/news/sample"
FILLER = (
    "A sample paragraph about daily life on the units follows, written so that the page is long "
    "enough to be taken for one. "
    "Teachers told the inspectors that the library opened twice in the week and that the gardens "
    "were being planted again."
)

WELSH = (
    "Mae plant yn Werrington wedi bod yn eu celloedd am ugain awr y dydd, ac mae rhai ohonynt wedi dweud nad oedd y "
    "carchar yn lle diogel i fyw ynddo. Roedd yr arolygwyr yn poeni am hyn, gan fod y sefyllfa yn waeth nag o'r blaen."
)


def page(title: str, *blocks: str, head: str = "", lang: str = "en-GB", site: str = "Sample site") -> bytes:
    """A whole page; a block is a paragraph, or markup where it begins with "<"."""
    main = "\n".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<title>{title} – {site}</title>{head}</head><body>
<div id="cookie-banner"><p>We use cookies on this device. Accept all cookies?</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news/">News</a></li></ul></nav></header>
<main><h1>{title}</h1>
{main}
</main>
<footer><p>© Crown copyright</p><p><a href="/privacy/">Privacy policy</a></p></footer></body></html>""".encode()


def read(title: str, *blocks: str, url: str = INSPECTORATE, head: str = "", content_type: str = "text/html") -> Finding:
    return read_html(page(title, *blocks, FILLER, head=head), url, LEXICON, content_type)
