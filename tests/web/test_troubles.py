from datetime import timedelta
from typing import Any

from bot.engine.port import Pulse
from bot.model.delivery import MessageKind
from bot.store.vitals import Vitals
from bot.store.watched import Watched
from bot.web.troubles import late_alerts, overdue_work, stale_flows
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def vitals(**changes: Any) -> Vitals:
    nothing: dict[str, Any] = dict.fromkeys(Vitals.__dataclass_fields__)
    return Vitals(**{**nothing, "due_at": {}, "sent_lately": 0, **changes})


def troubles(started: timedelta = DAY, /, **changes: Any) -> list[str]:
    return list(overdue_work(vitals(**changes), NOON, NOON - started))


def test_what_is_due_is_overdue_after_a_quarter_of_an_hour() -> None:
    for name in ("poll_due_at", "story_waits_since", "claimed_at"):
        assert troubles(**{name: NOON - 15 * MINUTE}) == []
        assert len(troubles(**{name: NOON - 16 * MINUTE})) == 1


def test_after_a_start_there_is_a_quarter_of_an_hour_to_catch_up() -> None:
    long_ago = {"poll_due_at": NOON - DAY, "story_waits_since": NOON - DAY, "due_at": {MessageKind.ALERT: NOON - DAY}}
    assert troubles(15 * MINUTE, **long_ago) == []
    assert len(troubles(16 * MINUTE, **long_ago)) == 3


def test_sending_is_ill_where_something_is_long_due_and_nothing_moves() -> None:
    due = {"due_at": {MessageKind.DIGEST: NOON, MessageKind.CALL: NOON - 16 * MINUTE}}
    assert troubles(**due, settled_at=NOON - 4 * MINUTE) == []
    assert len(troubles(**due, settled_at=NOON - 6 * MINUTE)) == 1
    assert len(troubles(**due)) == 1
    assert troubles(**due, paused_until=NOON + MINUTE) == []
    assert len(troubles(**due, paused_until=NOON - MINUTE)) == 1


def pulse(*, seconds: float = 60, last: timedelta | None = None, named: timedelta = DAY) -> Pulse:
    last_good_at = None if last is None else NOON - last
    return Pulse(seconds=seconds, named_at=NOON - named, last_good_at=last_good_at, failures=0)


def test_a_flow_is_stale_after_a_quarter_of_an_hour_or_three_of_its_beats() -> None:
    def stale(name: str, one: Pulse) -> bool:
        return bool(list(stale_flows({name: one}, NOON)))

    assert not stale("review", pulse(last=15 * MINUTE))
    assert stale("review", pulse(last=16 * MINUTE))
    assert not stale("slow", pulse(last=16 * MINUTE, seconds=360))
    assert stale("review", pulse())
    assert not stale("review", pulse(named=MINUTE))
    # A broadcast may take hours, and polling many feeds never ends; the database shows whether they move.
    assert not stale("deliver", pulse())


def test_late_alerts_are_one_sentence() -> None:
    late = [Watched(alert_id=n, title=f"Alert {n}", published_at=NOON, arrived=False, owed=True) for n in (1, 2)]
    assert list(late_alerts([])) == []
    assert list(late_alerts(late[:1])) == ["an alert has reached nobody for a quarter of an hour: Alert 1"]
    assert list(late_alerts(late)) == ["2 alerts have reached nobody for a quarter of an hour: Alert 1"]
