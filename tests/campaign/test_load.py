"""A pack is loaded with types, and each mistake is named by its file and row."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.campaign import load_pack, read_pack
from bot.errors import CampaignError
from bot.model.action import ActionKind
from bot.model.feed import FeedKind
from tests.campaign.conftest import INSTITUTIONS, TERMS

Folder = Callable[..., Path]
FEED = '[[feeds]]\nname = "F"\nurl = "https://example.org/feed"\nkind = "news"\n'
ACTION = '[[actions]]\nid = "a"\nlabel = "Write"\nurl = "https://example.org/"\n'


def test_a_pack_that_is_not_there_is_refused() -> None:
    with pytest.raises(CampaignError, match="no campaign pack called 'nothing'"):
        load_pack("nothing")
    with pytest.raises(CampaignError, match="no campaign pack"):
        load_pack("../feeds")


def test_feeds_and_actions_may_be_absent(folder: Folder) -> None:
    pack = read_pack(folder(), "floods")
    assert (pack.title, pack.feeds, pack.actions) == ("Floods", (), ())


def test_an_institution_is_known_by_its_id_and_another_id_reads_as_itself(folder: Folder) -> None:
    pack = read_pack(folder(), "floods")
    assert pack.institution_name("severn") == "River Severn"
    assert pack.institution_name("thames") == "thames"
    assert pack.find_institution("thames") is None


def test_a_feed_is_enabled_only_where_its_address_is_verified(folder: Folder) -> None:
    verified = FEED + 'verified = true\nevery = "1h"\nindex_url = "https://example.org/all"\n'
    pack = read_pack(folder(feeds=verified + FEED.replace('"F"', '"G"')), "floods")
    first, second = pack.feeds
    assert (first.enabled, first.every, first.kind) == (True, timedelta(hours=1), FeedKind.NEWS)
    assert first.index_url == "https://example.org/all"
    assert not second.enabled
    assert pack.unverified == {"G": "nobody has seen it answer"}


def test_an_action_lasts_some_days_or_until_a_day(folder: Folder) -> None:
    pack = read_pack(
        folder(actions=ACTION + "days = 28\nuntil = 2026-12-01\n" + ACTION.replace('"a"', '"b"')), "floods"
    )
    assert [(one.days, str(one.until)) for one in pack.actions] == [(28, "2026-12-01"), (None, "None")]
    assert pack.find_action("b") is pack.actions[1]
    assert pack.find_action("c") is None


def test_an_action_may_be_a_petition_with_points_by_language(folder: Folder) -> None:
    more = 'kind = "petition"\npetition = 7\npoints = { en = ["One.", "Two."], cy = ["Un."] }\n'
    (action,) = read_pack(folder(actions=ACTION + more), "floods").actions
    assert (action.kind, action.petition) == (ActionKind.PETITION, 7)
    assert action.points == {"en": ("One.", "Two."), "cy": ("Un.",)}


def test_an_action_may_have_a_label_in_other_languages(folder: Folder) -> None:
    (action,) = read_pack(folder(actions=ACTION + 'labels = { cy = "Ysgrifennu" }\n'), "floods").actions
    assert action.labels == {"cy": "Ysgrifennu"}


WRONG = [
    ("actions", ACTION + 'labels = { cy = "" }\n', "`labels` must give a text for each language"),
    ("institutions", "x = [", "institutions.toml is not TOML"),
    ("institutions", INSTITUTIONS + INSTITUTIONS, "the id 'severn' is there twice"),
    ("institutions", "institutions = 3", "`institutions` must be a list"),
    ("institutions", "institutions = [3]", "institutions 1: must be a table"),
    ("institutions", '[[institutions]]\nid = "a"\n', "institutions a: `name` is missing"),
    ("institutions", INSTITUTIONS + 'alias = ["x"]\n', "institutions severn: unknown key `alias`"),
    ("institutions", INSTITUTIONS + 'scope = "mine"\n', "`scope` must be one of ours, elsewhere, other"),
    ("institutions", INSTITUTIONS + 'naming = "nothing"\ncores = ["x"]\n', "`cores` and a known `naming`"),
    ("institutions", INSTITUTIONS + 'needs = ["x"]\n', "institutions severn: there is no group 'x'"),
    ("institutions", INSTITUTIONS + "weak = [1]\n", "`weak` must be a list of texts"),
    ("institutions", INSTITUTIONS + "until = 2020\n", "`until` is not what it should be: 2020"),
    ("terms", TERMS.replace("alert_at = 3", ""), r"terms.toml, \[settings\]: `alert_at` is missing"),
    ("terms", TERMS.replace('all = ["flood"]', 'all = ["drought"]'), "rules flood: there is no group 'drought'"),
    ("terms", TERMS.replace("warning?", "<what>"), "there is no class <what>"),
    ("terms", TERMS.replace("flood|floods warning?", "warning?"), r"the phrase 'warning\?' cannot be read"),
    ("terms", TERMS.replace("flood|floods", "flood?|floods"), "cannot be read"),
    (
        "terms",
        TERMS + '[[kinds]]\nname = "k"\nall = ["flood"]\nturn_of = ["none"]\n',
        "kinds k: there is no kind 'none'",
    ),
    ("terms", TERMS.replace("weight = 3", 'cap = "never"'), "`cap` must be one of"),
    ("terms", TERMS.replace("weight = 3", 'kinds = ["blog"]'), "`kinds` must be one of"),
    ("terms", TERMS.replace("weight = 3", 'kinds = "news"'), "`kinds` is not what it should be"),
    (
        "terms",
        TERMS.replace('name = "flood"\nphrases', 'name = "flood"\nfields = ["foot"]\nphrases'),
        "no field 'foot'",
    ),
    ("terms", TERMS + '[[officials]]\nname = "A"\n', "officials A: `since` is missing"),
    ("actions", ACTION + ACTION, "actions.toml: the id 'a' is there twice"),
    ("actions", ACTION.replace('"a"', '"A b"'), "`id` must be up to 24 small letters"),
    ("actions", ACTION + "petition = 7\n", "a petition has the kind"),
    ("actions", ACTION + 'kind = "petition"\n', "a petition has the kind"),
    ("actions", ACTION + 'points = { en = "One." }\n', "`points` must give a list of texts"),
    ("feeds", FEED + "enabled = true\n", r"feeds F: a feed whose address is not verified must not be enabled"),
    ("feeds", FEED.replace("https://example.org/feed", "any retired /x.atom"), "`url` is not an address"),
    ("feeds", FEED.replace("https://example.org/feed", "https://x.org/rss (unknown)"), "`url` is not an address"),
    ("feeds", FEED + 'every = "soon"\n', "`every` must be a number and s, m, h or d"),
    ("feeds", FEED + 'every = "xm"\n', "`every` must be a number and s, m, h or d"),
    ("feeds", FEED.replace('"news"', '"blog"'), "`kind` must be one of"),
]


@pytest.mark.parametrize(("file", "text", "error"), WRONG, ids=[error[:40] for _, _, error in WRONG])
def test_a_mistake_is_named_by_its_file_and_row(folder: Folder, file: str, text: str, error: str) -> None:
    with pytest.raises(CampaignError, match=error) as raised:
        read_pack(folder(**{file: text}), "floods")
    assert f"{file}.toml" in str(raised.value)


def test_a_file_that_is_missing_is_named(folder: Folder) -> None:
    place = folder()
    (place / "terms.toml").unlink()
    with pytest.raises(CampaignError, match=r"terms\.toml is missing"):
        read_pack(place, "floods")


def test_a_file_that_is_not_text_is_refused(folder: Folder) -> None:
    place = folder()
    (place / "terms.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CampaignError, match=r"terms\.toml is not TOML"):
        read_pack(place, "floods")
