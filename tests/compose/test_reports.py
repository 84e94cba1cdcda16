"""How a report is told: grades with what they are compared with, judgements, deadlines, parts, and the chart."""

from datetime import date

import pytest

from bot.campaign import load_pack
from bot.compose import Wording, choose_chart, compose_alert
from bot.compose.grades import Comparison, compare_tests
from bot.model.chart import ChartRow
from bot.model.finding import Direction, Finding, Grade, Grades, Judgement, Quotation
from bot.model.message import Message, Picture
from bot.model.story import Told
from bot.sandbox.markup import parse_html
from tests.builders import NOON

WORDING = Wording.load("en")
POOR, WEAK, FAIR, GOOD = Grade
NOW = Grades(safety=POOR, care=FAIR, purposeful_activity=GOOD, resettlement=WEAK)
BEFORE = Grades(safety=WEAK, care=FAIR, purposeful_activity=FAIR)
PICTURE = Picture(b"png")
name_of = load_pack().institution_name


def a_report(**changes: object) -> Told:
    values: dict[str, object] = {
        "title": "HMYOI Werrington: a report",
        "url": "https://inspectorate.example/werrington",
        "source": "Inspectorate",
        "published_at": NOON,
        "first_seen_at": NOON,
        "summary": ("Violence had risen.", "Boys were locked up for 22 hours a day.", "Few went to lessons."),
        "institutions": ("werrington",),
        "kind": "inspection",
        "grades": NOW,
        "previous_grades": BEFORE,
        "previous_year": 2024,
    }
    return Told(**{**values, **changes})  # type: ignore[arg-type]


def shown(message: Message) -> str:
    return parse_html(message.text)[0].replace("\N{NO-BREAK SPACE}", " ")


def lines(**changes: object) -> list[str]:
    tests = ("Safety", "Care", "Purposeful", "Resettlement")
    told = shown(compose_alert(a_report(**changes), WORDING, name_of))
    return [line for line in told.splitlines() if line.startswith(tests)]


def test_four_lines_say_in_words_how_each_test_stands_and_stood() -> None:
    assert lines() == [
        "Safety: poor ↓ worse (2024: not sufficiently good)",
        "Care: reasonably good → as in 2024",
        "Purposeful activity: good ↑ better (2024: reasonably good)",
        "Resettlement: not sufficiently good",
    ]


def test_a_former_grade_without_its_year_is_one_before() -> None:
    assert lines(previous_year=None)[0] == "Safety: poor ↓ worse (before: not sufficiently good)"


@pytest.mark.parametrize(
    ("direction", "year", "line"),
    [
        (Direction.BETTER, None, "Care: reasonably good ↑ better than before"),
        (Direction.SAME, None, "Care: reasonably good → as before"),
        (Direction.WORSE, 2023, "Care: reasonably good ↓ worse than in 2023"),
        (Direction.SAME, 2023, "Care: reasonably good → as in 2023"),
    ],
)
def test_where_only_the_direction_is_stated_no_former_grade_is_given(
    direction: Direction, year: int | None, line: str
) -> None:
    told = {"previous_grades": None, "previous_year": year, "directions": (("care", direction),)}
    assert lines(**told) == [
        "Safety: poor",
        line,
        "Purposeful activity: good",
        "Resettlement: not sufficiently good",
    ]


def test_a_direction_without_a_grade_gives_no_grade() -> None:
    told = {"grades": None, "previous_grades": None, "directions": (("care", Direction.WORSE),)}
    assert lines(**told, previous_year=None) == ["Care: ↓ worse than before"]


def test_the_campaigns_history_speaks_only_where_the_page_is_silent() -> None:
    earlier = (Grades(safety=GOOD, care=FAIR, purposeful_activity=FAIR, resettlement=GOOD), 2022)
    directions = (("care", Direction.BETTER), ("resettlement", Direction.WORSE))
    told = a_report(previous_grades=Grades(safety=WEAK), earlier=earlier, directions=directions)
    by_page, contradicted, by_history, agreed = compare_tests(told, told.earlier)
    assert (by_page.before, by_page.year) == (WEAK, 2024)
    assert contradicted == Comparison(test="care", grade=FAIR, year=2024, direction=Direction.BETTER)
    assert (by_history.before, by_history.year, by_history.direction) == (FAIR, 2022, Direction.BETTER)
    assert (agreed.before, agreed.year, agreed.direction) == (GOOD, 2022, Direction.WORSE)


def test_ofsteds_judgements_are_told_in_ofsteds_words() -> None:
    judged = (Judgement(subject="overall", word="Inadequate"), Judgement(subject="Health", word="good"))
    told = shown(compose_alert(a_report(grades=None, previous_grades=None, judgements=judged), WORDING, name_of))
    assert "Ofsted’s judgements:\nOverall experiences and progress: inadequate\nHealth: good" in told


def test_an_urgent_notification_names_the_day_by_which_it_must_be_answered() -> None:
    told = shown(compose_alert(a_report(kind="urgent_notification", answer_by=date(2026, 12, 23)), WORDING, name_of))
    assert "The government must answer in public by 23 December 2026" in told


def test_what_the_summary_says_already_is_not_said_again() -> None:
    twice = Quotation(words="“Few went to lessons.”", speaker="The inspector")
    assert "The inspector" not in shown(compose_alert(a_report(quotation=twice), WORDING, name_of))
    unsigned = Quotation(words="We were shocked.", speaker="")
    assert "“We were shocked.”\n\nSource" in shown(compose_alert(a_report(quotation=unsigned), WORDING, name_of))


def test_a_corrected_story_says_so_below_its_headline() -> None:
    told = shown(compose_alert(a_report(correction="The year was 2024, not 2025."), WORDING, name_of))
    headline, below = told.splitlines()[:2]
    assert "The year was 2024, not 2025." in below
    assert "The year" not in headline


def test_a_digest_tells_each_place_in_a_few_lines() -> None:
    parc = Finding(
        title="Parc",
        kind="inspection",
        institutions=("parc",),
        grades=Grades(care=GOOD),
        summary=("Care was good.", "More."),
        url="https://inspectorate.example/parc",
    )
    other = Finding(title="A place we do not know", kind="something new", answer_by=date(2026, 12, 1))
    digest = a_report(title="Reports published", kind="digest", grades=None, previous_grades=None, parts=(parc, other))
    alert = compose_alert(digest, WORDING, name_of)
    assert f"{name_of('parc')} – Inspection report\nCare: good\nCare was good.\n\nA place we do not know\n" in shown(
        alert
    )
    assert 'href="https://inspectorate.example/parc"' in alert.text
    assert "Violence" not in shown(alert)


def test_a_digest_too_long_for_one_message_says_how_many_are_left_out() -> None:
    part = Finding(title="x", kind="inspection", institutions=("parc",), grades=NOW, summary=("Word " * 80 + "end.",))
    told = shown(compose_alert(a_report(kind="digest", parts=(part,) * 20), WORDING, name_of))
    left = 20 - told.count("Safety: poor") + 1  # the page's own grades stand above them
    assert f"… and {left} more, in the source." in told
    short = shown(compose_alert(a_report(kind="digest", parts=(part,) * 2), WORDING, name_of))
    assert "more, in the source" not in short


def test_a_chart_is_drawn_of_what_is_compared() -> None:
    chart = choose_chart(a_report(), WORDING, name_of)
    assert chart is not None
    assert (chart.title, chart.before, chart.now) == (name_of("werrington"), "2024", "this inspection")
    assert chart.rows[0] == ChartRow(name="Safety", words="worse", grade=1, before=2)
    assert chart.rows[3] == ChartRow(name="Resettlement", words="", grade=2, before=None)
    assert chart.scale == ("poor", "not sufficiently good", "reasonably good", "good")
    unsure = choose_chart(a_report(previous_year=None), WORDING, name_of)
    assert unsure is not None
    assert unsure.before == "the inspection before"


LONG = "Word " * 90 + "end."


@pytest.mark.parametrize(
    "changes",
    [
        {"previous_grades": Grades(care=GOOD)},
        {"mourning": True},
        {"institutions": ("werrington", "parc")},
        {"grades": None},
        {"summary": (LONG, LONG)},
        {
            "title": "Word " * 60,
            "source": "Name " * 20,
            "answer_by": date(2026, 1, 1),
            "judgements": (Judgement(subject=LONG, word=LONG),) * 4,
        },
    ],
)
def test_no_chart_where_it_would_not_help_or_the_words_do_not_fit_below_it(changes: dict[str, object]) -> None:
    assert choose_chart(a_report(**changes), WORDING, name_of) is None


def test_under_a_picture_whole_sentences_are_left_out() -> None:
    sentences = tuple(f"Sentence {number} " + "word " * 30 + "end." for number in range(4))
    said = Quotation(words="We were shocked.", speaker="The inspector")
    told = a_report(summary=sentences, quotation=said)
    caption = compose_alert(told, WORDING, name_of, picture=PICTURE)
    assert caption.picture == PICTURE
    assert [sentence in shown(caption) for sentence in sentences] == [True, True, True, False]
    assert "…" not in shown(caption)
    alone = compose_alert(told, WORDING, name_of)
    assert alone.picture is None
    assert all(words in shown(alone) for words in (*sentences, said.words))


def test_words_that_do_not_fit_below_a_picture_go_without_it() -> None:
    alert = compose_alert(a_report(summary=(LONG, LONG)), WORDING, name_of, picture=PICTURE)
    assert alert.picture is None
    assert LONG in shown(alert)
