"""Every language says to supporters all that English says, with the same arguments, markup, commands and links."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from fluent.syntax import FluentParser, ast, serialize, visitor

from bot.campaign import load_pack
from bot.compose.alert import compose_alert
from bot.compose.reason import because
from bot.compose.wording import DEFAULT_LANGUAGE, LOCALES, ORGANISERS, Wording
from bot.model.finding import Finding, Grade, Grades
from bot.model.message import Message
from bot.model.story import tell
from tests.builders import NOON, a_verdict, an_entry

OTHERS = [language for language in LOCALES if language != DEFAULT_LANGUAGE]
SAME = {
    "language-en": "a language under its own name",
    "language-cy": "a language under its own name",
}
"""What may read as in English, and why. What is made of arguments and signs alone needs no reason."""
KEPT = re.compile(r"</?[a-z-]+|/[a-z]{2,}\b|\d{2,}(?:[ \d]*\d)?|[\w.]+\.(?:org\.uk|org|com)\b")
"""What a translation keeps: tags, commands, telephone numbers, addresses."""


class Used(visitor.Visitor):
    """Collects the names of a message's arguments, and the letters of its own words."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.words: list[str] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 - the library's name
        self.words += re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*(?:>|$)", "", node.value))


def sentences(language: str) -> dict[str, ast.Message]:
    """What supporters may be told in a language, by key."""
    found = {}
    for file in resources.files("bot.compose").joinpath("locale", language).iterdir():
        if file.name.removesuffix(".ftl") not in ORGANISERS:
            for item in FluentParser().parse(file.read_text("utf-8")).body:
                if isinstance(item, ast.Message):
                    found[item.id.name] = item
    return found


def used(sentence: ast.Message) -> Used:
    """What a sentence is made of."""
    found = Used()
    found.visit(sentence)
    return found


def kept(wording: Wording, key: str, names: set[str]) -> Counter[str]:
    """What a translation of this sentence must have too."""
    return Counter(KEPT.findall(wording.plain(key, **dict.fromkeys(sorted(names), "x"))))


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing_and_nothing_left_over(language: str) -> None:
    assert set(sentences(language)) == set(sentences(DEFAULT_LANGUAGE))


@pytest.mark.parametrize("language", OTHERS)
def test_organisers_files_are_in_the_default_language_alone(language: str) -> None:
    files = {
        file.name.removesuffix(".ftl") for file in resources.files("bot.compose.locale").joinpath(language).iterdir()
    }
    assert files & ORGANISERS == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_arguments(language: str) -> None:
    theirs, ours = sentences(language), sentences(DEFAULT_LANGUAGE)
    both = theirs.keys() & ours.keys()
    differing = [key for key in both if used(theirs[key]).names != used(ours[key]).names]
    assert differing == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_markup_commands_numbers_and_addresses(language: str) -> None:
    theirs, ours = Wording.load(language), Wording.load(DEFAULT_LANGUAGE)
    for key, sentence in sentences(language).items():
        names = used(sentence).names
        if key != "consent-version":
            assert kept(theirs, key, names) == kept(ours, key, names), key


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    theirs, ours = sentences(language), sentences(DEFAULT_LANGUAGE)
    worded = [key for key in theirs.keys() & ours.keys() if used(ours[key]).words]
    same = {key for key in worded if serialize_value(theirs[key]) == serialize_value(ours[key])}
    assert same == set(SAME)


def serialize_value(sentence: ast.Message) -> str:
    """A sentence as it is written, without its key's comments."""
    return serialize(ast.Resource([ast.Message(sentence.id, sentence.value)]))


@pytest.mark.parametrize("language", OTHERS)
def test_a_question_counts_as_another_version_in_another_language(language: str) -> None:
    version = Wording.load(DEFAULT_LANGUAGE).plain("consent-version")
    assert Wording.load(language).plain("consent-version") == f"{version}-{language}"


@pytest.mark.parametrize("language", OTHERS)
def test_the_pack_has_its_labels_in_every_language(language: str) -> None:
    pack = load_pack()
    assert [topic.name for topic in pack.terms.topics if not topic.labels.get(language)] == []
    assert [action.id for action in pack.actions if not action.labels.get(language)] == []
    assert pack.topic_label("restraint_and_isolation", "cy") == "Atal corfforol ac ynysu"
    assert pack.topic_label("restraint_and_isolation", "xx") == "Restraint and isolation"
    assert pack.topic_label("of_no_pack", "cy") == "of no pack"


@pytest.fixture
def welsh() -> Wording:
    return Wording.load("cy")


def test_welsh_days_are_welsh(welsh: Wording) -> None:
    assert welsh.day(date(2026, 3, 3)) == "3 Mawrth 2026"
    assert welsh.time(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 Gorffennaf 2026, 00:30"
    assert welsh("inspected-days", first="3", last=date(2026, 3, 14)) == "Arolygwyd o 3 hyd 14 Mawrth 2026"


def test_what_organisers_read_is_english_in_every_language_with_english_days(welsh: Wording) -> None:
    english = Wording.load("en")
    assert welsh.has("decided-seen")
    assert not welsh.has("no-such-key")
    assert welsh("decided-seen", who="Anna", at=date(2026, 3, 3)) == "<b>Seen</b> by Anna, 3 March 2026."
    assert welsh.plain("call-too-long", length=1234, limit=9) == english.plain("call-too-long", length=1234, limit=9)
    with pytest.raises(KeyError):
        welsh("no-such-key")


def test_an_alert_in_welsh_is_welsh_but_for_the_sources_words(welsh: Wording) -> None:
    pack = load_pack()
    finding = Finding(
        title="HMYOI Werrington",
        kind="inspection",
        institutions=("werrington",),
        grades=Grades(safety=Grade.POOR, care=Grade.GOOD),
        summary=("Children were locked up for 22 hours.",),
    )
    told = tell(an_entry(published_at=NOON), a_verdict(topics=("inspection",)), finding, first_seen_at=NOON)
    alert = compose_alert(told, welsh, pack.institution_name)
    assert "Diogelwch: <b>gwael</b>" in alert.text
    assert "Gofal: <b>da</b>" in alert.text
    assert "Adroddiad arolygiad" in alert.text
    assert "Children were locked up for 22 hours." in alert.text
    assert f"Ffynhonnell: {source_of(alert)}" in alert.text
    assert welsh.day(NOON) in alert.text
    assert alert.buttons[0][0].label == "Darllen y ffynhonnell"


def source_of(alert: Message) -> str:
    """The source's link as the alert has it."""
    return str(re.findall(r"<a [^>]*>[^<]*</a>", alert.text)[0])


def test_the_reason_under_a_message_is_welsh_and_names_the_topic_in_welsh(welsh: Wording) -> None:
    pack = load_pack()
    line = because("topic:statistics", welsh, pack.institution_name, topic_of=pack.topic_label)
    assert "eich bod yn dilyn: Ystadegau. Anfonwch /stop" in line
