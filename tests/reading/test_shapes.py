"""Pages in the layouts that real sites have, with invented texts: no furniture leaks and no paragraph is lost."""

import pytest

from bot.reading.document import read_any_language

TEXT = (
    "Children held at the sample institution spent 21 hours a day behind their doors, inspectors said on Tuesday.",
    "A third of the boys told the team that they had been hurt by another child since they arrived in the spring.",
    "Lessons were cancelled on 43 days because officers were needed elsewhere, and the library stayed shut all month.",
    "The ministry said that new staff would start work in the autumn and that it took the findings seriously.",
    "Campaigners asked for an end to the use of pepper spray on children, which began at the site in April.",
)
FIRST = "".join(f"<p>{text}</p>" for text in TEXT[:2])
LAST = "".join(f"<p>{text}</p>" for text in TEXT[2:])
COOKIES = (
    "<div class='cookie-banner' role='dialog'><p>Are you OK with cookies? We use small files to FURNITURE.</p></div>"
)
BROADCASTER = f"""{COOKIES}<header><nav><a href="/">Home FURNITURE</a><a href="/news">News FURNITURE</a></nav></header>
<main><article><h1>A headline</h1><div><time datetime="2030-06-03T05:00:00Z">3 June 2030</time></div>
<figure><img src="a.jpg" alt="A gate"><figcaption>Image caption, FURNITURE a gate of the institution</figcaption>
</figure>
{FIRST}<div><p>Follow BBC Sample FURNITURE on Sounds, Facebook and X.</p></div><h2>A cross-heading</h2>{LAST}
<section><h2>More on this story</h2><ul><li><a href="/1">FURNITURE storm brings down trees in the valley</a></li></ul>
<h2>Related topics</h2><ul><li><a href="/t">FURNITURE prisons</a></li></ul></section></article></main>
<footer><p>Copyright © 2030. FURNITURE is not responsible for the content of external sites.</p></footer>"""
DAILY = f"""<header><a href="/support">Support FURNITURE</a></header><main><article><h1>A headline</h1>
<div data-gu-name="standfirst">
<p>Inspectors found that children were locked up for most of the day at the sample site</p>
</div><address>Ann Sample</address><details>
<summary>Tue 3 Jun 2030</summary>Last modified on Tue 3 Jun 2030 07.00 FURNITURE</details>
{FIRST}<aside><a href="/x">FURNITURE another story about a harbour</a></aside>
<figure><gu-island><p>Sign up to FURNITURE Edition: a free daily newsletter</p></gu-island></figure>{LAST}
<div class="contributions"><p>Support us FURNITURE: if you can, please donate to our journalism from £3.</p></div>
<ul><li><a href="/t">FURNITURE Youth justice</a></li></ul><p>Explore more on these FURNITURE topics</p></article>
</main>"""
TRADE = f"""<header><form>Search FURNITURE</form></header><div class="article"><h1>A headline</h1>
<p>Ann Sample</p><p>Tuesday, June 4, 2030</p><figure><img src="a.jpg" alt="."><figcaption>FURNITURE has a unit for boys.
Picture: Sample</figcaption></figure><p>FURNITURE has a unit for boys. Picture: Sample</p>{FIRST}{LAST}
<div class="wall"><p>Register Now to Continue Reading FURNITURE</p>
<p>Thank you for visiting FURNITURE and making use of it.
</p><ul><li>Free access to one subscriber-only FURNITURE article a week</li></ul></div>
<h3>Latest Jobs</h3><p>Team Manager FURNITURE, Anytown, £45,000 per year and a lease car for the right person.</p>
</div>"""
DONATING = f"""<style>.css-FURNITURE{{color:red}} @media (min-width:1px){{.FURNITURE{{display:none}}}}</style>
<div id="donate"><p>Your support helps us to tell the story FURNITURE</p>
<p>From reproductive rights to climate change, the
FURNITURE is on the ground when the story is developing. Your donation makes the difference.</p></div>
<main><article><h1>A headline</h1><div><p>Comments</p></div><div id="main">{FIRST}{LAST}</div></article></main>
<section><h3>Most popular</h3><ul><li>FURNITURE royal visit</li></ul></section>
<section><p>Join our commenting forum FURNITURE</p></section>"""
LOCAL = f"""{COOKIES}<main><article><h1>A headline</h1><p>By Ann Sample</p><p>Published 3rd Jun 2030, 10:00 BST</p>
<p>Watch more of our videos on FURNITURE and get live breaking news alerts</p>{FIRST}
<div><p>Advertisement</p><p>Hide Ad</p></div><div><p>Hide Ad</p>
</div>{LAST}<p>Sign up to our FURNITURE newsletter today.</p>
<p>Continue Reading</p><h3>Read more:</h3><ul><li><a href="/1">FURNITURE pub reopens after the fire on the hill</a></li>
</ul></article></main><footer><p>Do not sell my FURNITURE information</p></footer>"""
INSPECTORATE = f"""{COOKIES}<a href="#main">Skip to content FURNITURE</a><header><p>HM Inspectorate of FURNITURE</p>
</header>
<div class="contents"><h2>Table of contents</h2><ul><li><a href="#a">What we found</a></li></ul></div>
<p>All content is available under the Open Government Licence FURNITURE v3.0, except where otherwise stated. To view
this
licence, visit the site or write to the Information Policy Team, The National Archives, Kew FURNITURE.</p>
<main><h1>A headline</h1><p>Published: 3 June 2030</p><p><a href="/r.pdf">Open document</a></p>
<h2>What we found</h2>{FIRST}<blockquote><p>{TEXT[2]}</p></blockquote>{LAST.replace(f"<p>{TEXT[2]}</p>", "")}
<h2>Further resources</h2><p><a href="/s">Survey responses FURNITURE</a></p></main><footer><p>© Crown FURNITURE</p>
</footer>"""
GOVERNMENT = f"""<div id="global-cookie-message"><h2>Cookies on GOV.UK FURNITURE</h2>
<p>We use some essential cookies to make
this website work FURNITURE.</p></div><div class="gem-c-breadcrumbs"><ol><li><a href="/">Home</a></li></ol></div>
<main><h1>A headline</h1><div class="gem-c-metadata"><dl><dt>From:</dt><dd><a href="/o">Ministry of FURNITURE</a></dd>
<dt>Published</dt><dd>3 June 2030</dd></dl></div><div class="govspeak">{FIRST}{LAST}</div>
<div class="share"><h2>Share this page</h2><p>The following links FURNITURE open in a new tab</p></div>
<div class="feedback"><h2>Is this page useful?</h2><p>Help us improve GOV.UK FURNITURE</p></div></main>
<footer><p>All content is available under the Open Government Licence FURNITURE v3.0</p></footer>"""
PARLIAMENT = f"""<header><a href="/">UK Parliament FURNITURE</a><nav><a href="/c">Committees FURNITURE</a></nav>
</header>
<main><h1>A headline</h1><p>3 June 2030</p><div class="content">{FIRST}{LAST}</div>
<div class="share"><h2>Related content</h2><ul><li><a href="/i">Inquiry: FURNITURE in custody</a></li></ul>
<p>Image: FURNITURE Parliament</p></div></main><footer><p>© UK Parliament 2030 FURNITURE</p></footer>"""


@pytest.mark.parametrize("appeal", ["", "<p>If you have been affected by FURNITURE, call the sample line.</p>"])
@pytest.mark.parametrize("body", [BROADCASTER, DAILY, TRADE, DONATING, LOCAL, INSPECTORATE, GOVERNMENT, PARLIAMENT])
def test_no_furniture_leaks_and_no_paragraph_is_lost(body: str, appeal: str) -> None:
    page = f"<!doctype html><html lang='en'><head><title>A headline | Site</title></head><body>{body}</body></html>"
    found = read_any_language(page.replace(TEXT[4], f"{TEXT[4]}</p>{appeal}<p>").encode(), "https://a.example/1", "")
    assert found.title == "A headline"
    assert [line for line in found.lines if line in TEXT] == list(TEXT)
    assert [line for line in found.lines if "FURNITURE" in line or line in {"Hide Ad", "Comments", "Ann Sample"}] == []
