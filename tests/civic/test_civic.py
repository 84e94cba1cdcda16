from datetime import date

import pytest

import bot.civic.services
from bot.civic.memory import MOST, Memory
from bot.errors import CivicError, UnknownPostcodeError
from bot.model.civic import Constituency, Petition, Seat, read_postcode
from tests.civic.serving import serving_civic


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("SW1A 1AA", "SW1A 1AA"),
        ("sw1a1aa", "SW1A 1AA"),
        ("  s w1a 1aa", "SW1A 1AA"),
        ("it is m1  1ae, thanks", "M1 1AE"),
        ("EC1A\u00a01BB.", "EC1A 1BB"),
        ("ｄｎ55-1pt", "DN55 1PT"),
        ("W1A 0AX\n", "W1A 0AX"),
        ("SW1A 1AAB", None),
        ("SW1A", None),
        ("123", None),
        ("", None),
        ("🏠", None),
        ("x" * 5000 + " SW1A 1AA", None),
    ],
)
def test_a_postcode_is_read_however_it_is_typed(typed: str, postcode: str | None) -> None:
    assert read_postcode(typed) == postcode


async def test_a_postcode_leads_to_its_constituency_and_whoever_sits_for_exactly_that() -> None:
    async with serving_civic() as (civic, services):
        assert await civic.find_constituency("SW1A 1AA") == Constituency(name="Westminster Vale", nation="England")
        assert (await civic.find_constituency("EH1 1AA")).devolved
        seat = Seat(name="Westminster Vale", member="Ms Ada Example")
        assert await civic.find_seat("westminster vale") == seat
        before = len(services.asked)
        assert await civic.find_seat("Westminster Vale") == seat
        assert len(services.asked) == before
        assert await civic.find_seat("Bae Môn") == Seat(name="Bae Môn", member="Mr Ifan Enghraifft")
        assert await civic.find_seat("Vacant Marsh") == Seat(name="Vacant Marsh", vacant=True)
        assert await civic.find_seat("Vale") == Seat(name="Vale")


async def test_a_postcode_that_is_unknown_or_ended_is_no_failure_of_the_service() -> None:
    async with serving_civic() as (civic, services):
        with pytest.raises(UnknownPostcodeError):
            await civic.find_constituency("ZZ1 1ZZ")
        services.raw = {"status": 200, "result": {"country": "Channel Islands"}}
        with pytest.raises(UnknownPostcodeError):
            await civic.find_constituency("JE1 1AA")


@pytest.mark.parametrize("raw", [b"<html>", [], {"result": 3, "items": 4, "data": 5}, "x"])
async def test_an_answer_of_another_shape_is_no_answer_and_names_no_postcode(raw: object) -> None:
    async with serving_civic() as (civic, services):
        services.raw = raw
        with pytest.raises(CivicError) as failure:
            await civic.find_constituency("SW1A 1AA")
        assert "SW1A" not in str(failure.value)
        with pytest.raises(CivicError):
            await civic.find_seat("Westminster Vale")
        assert await civic.find_petition(7) is None


@pytest.mark.parametrize("name", ["\\ud800", "A" * 5000])
async def test_a_name_that_no_message_can_carry_is_no_answer(name: str) -> None:
    async with serving_civic() as (civic, services):
        services.raw = b'{"result": {"parliamentary_constituency_2024": "%s"}}' % name.encode()
        with pytest.raises(CivicError):
            await civic.find_representation("SW1A 1AA")


async def test_an_answer_that_is_nested_without_end_is_no_answer() -> None:
    async with serving_civic() as (civic, services):
        services.raw = b"[" * 200_000
        with pytest.raises(CivicError):
            await civic.find_representation("SW1A 1AA")
        assert await civic.find_petition(7) is None


async def test_a_service_that_is_down_or_slow_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.civic.services, "SECONDS", 0.2)
    async with serving_civic() as (civic, services):
        services.broken = True
        with pytest.raises(CivicError, match="500"):
            await civic.find_constituency("SW1A 1AA")
        services.broken, services.slow = False, True
        with pytest.raises(CivicError):
            await civic.find_seat("Westminster Vale")


@pytest.mark.parametrize("how", ["broken", "slow"])
async def test_a_constituency_is_told_even_where_its_member_is_not(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.civic.services, "SECONDS", 0.3)
    async with serving_civic() as (civic, services):
        services.only = "Constituency"
        setattr(services, how, True)
        place, seat = await civic.find_representation("SW1A 1AA")
        assert (place.nation, seat) == ("England", Seat(name="Westminster Vale"))


async def test_a_petition_is_remembered_for_a_few_minutes_and_so_is_that_none_came() -> None:
    async with serving_civic() as (civic, services):
        petition = Petition(asks="Close <them>", signatures=12345, is_open=True, closes_on=date(2027, 3, 1))
        assert await civic.find_petition(7) == petition
        services.signatures = 20000
        assert await civic.find_petition(7) == petition
        services.broken = True
        assert await civic.find_petition(8) is None
        services.broken = False
        assert await civic.find_petition(8) is None
        assert services.asked == ["/petitions/7.json", "/petitions/8.json"]


def test_memory_forgets_what_is_old_and_what_is_too_much() -> None:
    now = 0.0
    memory = Memory[int](10.0, lambda: now)
    for number in range(MOST + 1):
        memory.keep(str(number), number)
    assert (memory.find("0"), memory.find("1"), memory.find("none")) == (None, 1, None)
    now = 10.0
    assert memory.find("1") is None
