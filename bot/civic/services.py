"""One question at a time to each service, through the guarded client; what does not change soon is remembered.

Sources: postcodes.io's documentation, and the descriptions of members-api.parliament.uk and petition.parliament.uk.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from bot.civic.answers import MembersAnswer, PetitionAnswer, PostcodeAnswer
from bot.civic.memory import Memory
from bot.errors import CivicError, FetchError, StatusError, UnknownPostcodeError
from bot.model.civic import Constituency, Petition, Seat
from bot.net import Client

SECONDS: Final = 5.0
"""A person waits for no service longer than this."""
MOST_BYTES: Final = 1024 * 1024
SEATS_KEPT: Final = 6 * 3600.0
PETITIONS_KEPT: Final = 300.0
# Nobody is asked again at once where nothing came.
FAILURES_KEPT: Final = 30.0
NOT_FOUND: Final = 404

_postcodes = TypeAdapter(PostcodeAnswer)
_members = TypeAdapter(MembersAnswer)
_petitions = TypeAdapter(PetitionAnswer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where each service is, without a slash at its end."""

    postcodes: str
    members: str
    petitions: str


class Civic:
    """What may be asked. Every question ends within 5 seconds and raises a CivicError where no answer came."""

    def __init__(self, client: Client, addresses: Addresses, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._addresses = addresses
        self._seats: Memory[Seat] = Memory(SEATS_KEPT, clock)
        self._petitions: Memory[Petition] = Memory(PETITIONS_KEPT, clock)
        self._failures: Memory[bool] = Memory(FAILURES_KEPT, clock)

    async def find_representation(self, postcode: str) -> tuple[Constituency, Seat]:
        """A postcode's constituency and who sits for it, within 5 seconds in all.

        Raises as find_constituency does; where only the member could not be found out, `member` is "".
        """
        ends = asyncio.get_running_loop().time() + SECONDS
        place = await self.find_constituency(postcode)
        try:
            async with asyncio.timeout_at(ends):
                return place, await self.find_seat(place.name)
        except (CivicError, TimeoutError):
            return place, Seat(name=place.name)

    async def find_constituency(self, postcode: str) -> Constituency:
        """The constituency of a postcode; raises UnknownPostcodeError where there is no such postcode (any more).

        The postcode goes nowhere else: it is neither remembered nor in any error.
        """
        url = f"{self._addresses.postcodes}/postcodes/{quote(postcode, safe='')}"
        try:
            answer = _postcodes.validate_python(await self._ask(url))
        except ValidationError:
            raise CivicError("the answer about a postcode cannot be read") from None
        found = answer.result
        name = found.parliamentary_constituency_2024 or found.parliamentary_constituency
        if not name:
            raise UnknownPostcodeError("this postcode is in no constituency")
        return Constituency(name=name, nation=found.country or "")

    async def find_seat(self, constituency: str) -> Seat:
        """Who sits for a constituency of exactly this name; `member` is "" where the service knows none."""
        known = self._seats.find(constituency.casefold())
        if known is not None:
            return known
        place = f"{self._addresses.members}/api/Location/Constituency/Search"
        try:
            answer = _members.validate_python(
                await self._ask(f"{place}?searchText={quote(constituency)}&skip=0&take=20")
            )
        except ValidationError:
            raise CivicError("the answer about a constituency cannot be read") from None
        seat = next((one for one in answer.seats() if one.name.casefold() == constituency.casefold()), None)
        if seat is None:
            return Seat(name=constituency)
        self._seats.keep(constituency.casefold(), seat)
        return seat

    async def find_petition(self, number: int) -> Petition | None:
        """A petition to Parliament as it stands, at most 5 minutes old; None where the service does not answer."""
        key = str(number)
        known = self._petitions.find(key)
        if known is not None or self._failures.find(key):
            return known
        try:
            answer = _petitions.validate_python(await self._ask(f"{self._addresses.petitions}/petitions/{number}.json"))
        except (CivicError, ValidationError):
            self._failures.keep(key, value=True)
            return None
        petition = answer.petition()
        self._petitions.keep(key, petition)
        return petition

    async def _ask(self, url: str) -> Any:
        """A service's answer as plain JSON values. No error holds the address: a postcode may be in it."""
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._client.get(url, deadline=SECONDS, max_bytes=MOST_BYTES, accept="application/json")
        except StatusError as error:
            if error.status == NOT_FOUND:
                raise UnknownPostcodeError("there is no such thing") from None
            raise CivicError(str(error)) from None
        except (FetchError, TimeoutError) as error:
            raise CivicError(str(error) or "no answer in time") from None
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError):
            raise CivicError("the answer is no JSON") from None
