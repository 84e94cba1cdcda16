"""Identity: the same on every fetch, whatever else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.identity import LONGEST, adopt, apply_rule, canonical, choose_rule, link_key
from bot.model.entry import Entry


def an(guid: str = "", url: str | None = None, title: str = "t", summary: str = "") -> Entry:
    return Entry(id=guid, url=url, title=title, summary=summary)


def ids(rule: str, *entries: Entry) -> list[str]:
    return [entry.id for entry in apply_rule(rule, entries)]


@pytest.mark.parametrize(
    "url",
    [
        "http://www.news.example/s/1/",
        "https://news.example:443/s/1?utm_source=rss&utm_campaign=2",
        "https://NEWS.example/s/1#0",
        "https://news.example/s/1?at_medium=RSS&fbclid=x",
        "https://news.example/s/1#2026-11-25T10:00:00+00:00",
        "https://news.example/s/1#:~:text=hello",
    ],
)
def test_one_page_has_one_canonical_address(url: str) -> None:
    assert canonical(url) == "https://news.example/s/1"


def test_other_pages_have_others() -> None:
    assert canonical("https://a.example/?p=1&x=2") == canonical("https://a.example/?x=2&p=1")
    assert canonical("https://a.example/?p=1") != canonical("https://a.example/?p=2")
    assert canonical("https://a.example/x#part") != canonical("https://a.example/x")
    assert canonical("http://[broken") == "http://[broken"


def test_the_feeds_own_ids_are_the_first_choice() -> None:
    assert choose_rule([an("1", "https://a.example/1"), an("2", "https://a.example/2")]) == "guid"
    assert choose_rule([an("same", None), an("same", None)]) == "guid"
    assert choose_rule([]) is None


def test_links_count_where_ids_are_missing_repeated_or_mere_timestamps() -> None:
    assert choose_rule([an("", "https://a.example/1"), an("2", "https://a.example/2")]) == "link"
    assert choose_rule([an("same", "https://a.example/1"), an("same", "https://a.example/2")]) == "link"
    stamped = [an(f"https://a.example/{n}#2026-11-25T10:00:00Z", f"https://a.example/{n}") for n in (1, 2)]
    assert choose_rule(stamped) == "link"


def test_ids_that_are_addresses_survive_a_change_of_scheme_and_fragment() -> None:
    assert ids("guid", an("http://a.example/1")) == ids("guid", an("https://a.example/1#3"))
    assert ids("guid", an(" tag:a.example,2026:1 ")) == ["tag:a.example,2026:1"]


def test_without_an_id_the_link_counts_and_without_a_link_the_words() -> None:
    assert ids("guid", an("", "https://a.example/1?utm_source=x")) == ["https://a.example/1"]
    [by_words] = ids("guid", an(title="HMYOI Parc", summary="found poor"))
    assert by_words == ids("link", an(title="HMYOI Parc", summary="found poor"))[0]
    assert by_words != ids("link", an(title="HMYOI Parc", summary="found good"))[0]


def test_as_published_an_id_is_shown_as_it_is() -> None:
    assert ids("published", an("http://a.example/1#0"), an("", "https://a.example/?utm_source=x")) == [
        "http://a.example/1#0",
        "https://a.example/?utm_source=x",
    ]


def test_shared_ids_are_told_apart_by_link_then_words_whatever_their_order() -> None:
    first, second, third = an("s", "https://a.example/1"), an("s", "https://a.example/2"), an("s", None, "other")
    assert sorted(ids("guid", first, second, third)) == sorted(ids("guid", third, second, first))
    twins = ids("guid", an("s", "https://a.example/1", "a"), an("s", "https://a.example/1", "b"))
    assert len(set(twins)) == 2


def test_of_entries_alike_in_everything_the_first_is_kept() -> None:
    assert len(ids("guid", an("1"), an("1"))) == 1


def test_an_endless_id_is_bounded_and_still_its_own() -> None:
    long = ids("guid", an("x" * 5000 + "a"), an("x" * 5000 + "b"))
    assert len(set(long)) == 2
    assert max(map(len, long)) <= 400


words = st.text(alphabet="ab#/ :", max_size=6)
many = st.lists(st.builds(an, words, st.none() | words.map("https://a.example/".__add__), words, words), max_size=8)


@given(many, st.sampled_from(["guid", "link", "published"]), st.randoms())
def test_identities_are_unique_whole_and_free_of_order(entries: list[Entry], rule: str, random: object) -> None:
    found = ids(rule, *entries)
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert len(set(found)) == len(found)
    assert all(found)
    assert set(ids(rule, *shuffled)) == set(found)


def test_a_known_page_keeps_its_identity_when_its_id_is_made_up_anew() -> None:
    fetched = [an("new", "https://a.example/1"), an("g2", "https://a.example/2")]
    adopted = adopt(fetched, {"g2"}, {"https://a.example/1": "g1", "https://a.example/2": "g2"})
    assert [entry.id for entry in adopted] == ["g1", "g2"]


def test_a_shared_page_and_one_whose_old_identity_is_here_keep_their_new_ids() -> None:
    by_url = {"https://a.example/": "g1"}
    shared = [an("x", "https://a.example/"), an("y", "https://a.example/")]
    assert [entry.id for entry in adopt(shared, set(), by_url)] == ["x", "y"]
    both = [an("x", "https://a.example/"), an("g1", "https://a.example/2")]
    assert [entry.id for entry in adopt(both, {"g1"}, by_url)] == ["x", "g1"]
    assert [entry.id for entry in adopt([an("x")], set(), by_url)] == ["x"]
    merged = [an("x", "https://a.example/"), an("y", "https://a.example/2")]
    assert [e.id for e in adopt(merged, set(), by_url | {"https://a.example/2": "g1"})] == ["g1", "y"]


def test_a_page_is_known_whatever_its_address_carries_along() -> None:
    [entry] = adopt([an("new", "http://www.a.example/1/?utm_source=x")], set(), {"https://a.example/1": "g1"})
    assert entry.id == "g1"


def test_the_time_in_an_id_is_kept_beside_the_identity() -> None:
    entries = [an("https://a.example/1#2026-11-25T10:00:00+00:00", "https://a.example/1"), an("https://a.example/2#3")]
    assert [entry.stamp for entry in apply_rule("guid", entries)] == ["2026-11-25T10:00:00+00:00", ""]
    assert apply_rule("guid", [an("tag:a#2026-11-25T10:00:00Z")])[0].stamp == ""


def test_a_place_fits_a_database_index_however_long_its_address_grows_with_escapes() -> None:
    one, other = (link_key(an(url=f"https://news.example/{'漢' * 1900}{end}")) for end in "ab")
    assert max(len(one), len(other)) <= LONGEST
    assert one != other
