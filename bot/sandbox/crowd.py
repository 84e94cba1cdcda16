"""A crowd: a Telegram of up to a million chats that only counts, for `python -m bot simulate`.

Who is blocked, deactivated or moved is a property of a chat, spread evenly; what is later, broken, silent or dropped
befalls single calls by chance.
"""

from array import array
from collections import Counter
from dataclasses import asdict, dataclass, fields
from random import Random
from typing import Any

from bot.errors import ConfigError

# Away from every id that is special to Telegram.
FIRST_CHAT = 1_000_000_000
SUPERGROUPS = 1_000_000_000_000
# Multiples of it fall evenly between 0 and 1, in whatever order chats are served.
GOLDEN = 0.6180339887498949
RETRY_AFTER = 1
PERCENT = 100
REFUSALS = {
    "nobody": (400, "Bad Request: chat not found"),
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "moved": (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "later": (429, f"Too Many Requests: retry after {RETRY_AFTER}"),
    "broken": (502, "Bad Gateway"),
}


@dataclass(frozen=True, slots=True)
class Shares:
    """What goes wrong and how often, in per cent."""

    blocked: float = 0
    """Chats that blocked the bot (403)."""
    deactivated: float = 0
    """Accounts that were deleted (403)."""
    moved: float = 0
    """Groups that became supergroups (400 with the new id)."""
    later: float = 0
    """Calls that have to wait a second (429)."""
    broken: float = 0
    """Calls that Telegram's own faults end (502)."""
    silent: float = 0
    """Calls that are carried out and never answered."""
    dropped: float = 0
    """Calls whose connection drops, every second one after it was carried out."""


def read_shares(text: str) -> Shares:
    """Read `blocked=2,later=1`; raises ConfigError with what can be named."""
    names = [field.name for field in fields(Shares)]
    found: dict[str, float] = {}
    for part in filter(None, map(str.strip, text.split(","))):
        name, _, share = part.partition("=")
        try:
            found[name.strip()] = float(share)
        except ValueError:
            raise ConfigError(f"--faults {part}: write a name and a share in per cent, as in blocked=2.") from None
    unknown = [name for name in found if name not in names]
    if unknown:
        raise ConfigError(f"--faults {unknown[0]}: there is no such fault; there are {', '.join(names)}.")
    if sum(found.values()) > PERCENT or any(not 0 <= share <= PERCENT for share in found.values()):
        raise ConfigError("--faults: the shares are per cent, from 0 to 100 each and in all.")
    return Shares(**found)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call is answered with; nothing at all where `status` is 0, and then perhaps the connection drops."""

    status: int
    body: dict[str, Any]
    drop: bool = False


class Crowd:
    """`size` chats, numbered from 1. It remembers of each how many copies it has, and when calls came."""

    def __init__(self, size: int, shares: Shares, seed: int = 1) -> None:
        self.size = size
        self.shares = shares
        self.copies = bytearray(size + 1)
        self.answered = bytearray(size + 1)
        self.refused = bytearray(size + 1)
        self.answers: Counter[str] = Counter()
        self.came_at = array("d")
        self._chance = Random(seed)  # noqa: S311 - which call fails is no secret
        self._message_id = 0

    def answer(self, chat_id: int, at: float) -> Reply:
        """One message to one chat, `at` seconds of any clock."""
        number = number_of(chat_id)
        if not 0 < number <= self.size:
            return refuse("nobody", number)
        self.came_at.append(at)
        name = standing(number, self.shares)
        if name == "moved" and chat_id < -SUPERGROUPS:
            name = ""
        name = name or self._mishap()
        self.answers[name or "well"] += 1
        return self._reply(name, number)

    def _mishap(self) -> str:
        roll = self._chance.random() * PERCENT
        for name in ("later", "broken", "silent", "dropped"):
            roll -= getattr(self.shares, name)
            if roll < 0:
                return name
        return ""

    def _reply(self, name: str, number: int) -> Reply:
        if name in {"blocked", "deactivated"}:
            self.refused[number] = 1
        if name in {"", "silent"} or (name == "dropped" and self.answers[name] % 2):
            self._carry_out(number, answered=not name)
        if not name:
            return Reply(200, {"ok": True, "result": {"message_id": self._message_id, "date": 1}})
        return refuse(name, number) if name in REFUSALS else Reply(0, {}, drop=name == "dropped")

    def _carry_out(self, number: int, *, answered: bool) -> None:
        self._message_id += 1
        self.copies[number] = min(self.copies[number] + 1, 255)
        self.answered[number] |= answered

    def tally(self) -> "Tally":
        """What came of it so far."""
        return Tally(
            calls=len(self.came_at),
            answers=dict(self.answers),
            reached=self.size + 1 - self.copies.count(0),
            twice=self.size + 1 - self.copies.count(0) - self.copies.count(1),
            answered=sum(self.answered),
            refused=sum(self.refused),
            fullest_second=fullest_second(self.came_at),
            per_second=steady_rate(self.came_at),
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The crowd's own counts: calls by answer, and chats by what they have.

    `reached` chats have a copy, `twice` more than one, `answered` chats said so, `refused` ones said no for good.
    `per_second` is the pace until nine calls of ten had come.
    """

    calls: int
    answers: dict[str, int]
    reached: int
    twice: int
    answered: int
    refused: int
    fullest_second: int
    per_second: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def chat_of(number: int, shares: Shares) -> int:
    """The id under which a chat is known at first; what will have moved is a group."""
    return -FIRST_CHAT - number if standing(number, shares) == "moved" else FIRST_CHAT + number


def number_of(chat_id: int) -> int:
    """Which chat it is, under its old or its new id."""
    return abs(chat_id) % SUPERGROUPS - FIRST_CHAT


def standing(number: int, shares: Shares) -> str:
    """What is the matter with a chat for good, or ""."""
    place = number * GOLDEN % 1 * PERCENT
    for name in ("blocked", "deactivated", "moved"):
        place -= getattr(shares, name)
        if place < 0:
            return name
    return ""


def refuse(name: str, number: int) -> Reply:
    """What Telegram says instead, in its own words."""
    code, words = REFUSALS[name]
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    if name == "later":
        body["parameters"] = {"retry_after": RETRY_AFTER}
    if name == "moved":
        body["parameters"] = {"migrate_to_chat_id": -SUPERGROUPS - FIRST_CHAT - number}
    return Reply(code, body)


def fullest_second(times: "array[float]") -> int:
    """The most calls within any second; `times` ascend."""
    most = begin = 0
    for end, at in enumerate(times):
        while times[begin] <= at - 1:
            begin += 1
        most = max(most, end - begin + 1)
    return most


def steady_rate(times: "array[float]") -> float:
    """Calls a second until nine of ten had come: what comes after is tried again, and waits."""
    last = len(times) * 9 // 10
    return last / (times[last] - times[0]) if last and times[last] > times[0] else 0.0
