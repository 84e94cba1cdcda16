"""The civic services on loopback: postcodes.io, the Members API and petitions, as their documentation shows them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.civic import Addresses, Civic
from bot.net import Client
from bot.serving import serve

ENGLAND = {"SW1A 1AA": "Westminster Vale", "EH1 1AA": "Edinburgh Glen", "CF10 1AA": "Bae Môn", "M1 1AA": "Vacant Marsh"}
NATIONS = {"EH1 1AA": "Scotland", "CF10 1AA": "Wales"}
MEMBERS: dict[str, str | None] = {
    "Westminster Vale": "Ms Ada Example",
    "Westminster Vale and North": "Mr Other Person",
    "Edinburgh Glen": "Mr Ewan Example",
    "Bae Môn": "Mr Ifan Enghraifft",
    "Vacant Marsh": None,
}


@dataclass
class Services:
    """What the services say, and what they were asked.

    `broken` ones answer 500, `slow` ones never; with `only` those alone whose path holds it.
    """

    asked: list[str] = field(default_factory=list)
    broken: bool = False
    slow: bool = False
    only: str = ""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    raw: Any = None
    signatures: int = 12345
    state: str = "open"

    async def answer(self, request: Request, value: Any, status: int = 200) -> Response:
        self.asked.append(str(request.url.path))
        if self.only and self.only not in request.url.path:
            return JSONResponse(value, status_code=status)
        if self.slow:
            await self.over.wait()
        if self.broken:
            return Response("down", status_code=500)
        if isinstance(self.raw, bytes):
            return Response(self.raw)
        return JSONResponse(value if self.raw is None else self.raw, status_code=status)

    async def postcode(self, request: Request) -> Response:
        asked = request.path_params["postcode"]
        if asked not in ENGLAND:
            return await self.answer(request, {"status": 404, "error": "Postcode not found", "terminated": {}}, 404)
        found = {"postcode": asked, "country": NATIONS.get(asked, "England"), "parliamentary_constituency": None}
        found["parliamentary_constituency_2024"] = ENGLAND[asked]
        return await self.answer(request, {"status": 200, "result": found})

    async def members(self, request: Request) -> Response:
        text = request.query_params["searchText"].lower()
        items = [seat(name, member) for name, member in MEMBERS.items() if text in name.lower()]
        return await self.answer(request, {"items": items[::-1], "skip": 0, "take": 20})

    async def petition(self, request: Request) -> Response:
        words = {"action": "Close <them>", "state": self.state, "signature_count": self.signatures}
        words["closing_date"] = "2027-03-01T23:59:59Z"
        return await self.answer(request, {"data": {"attributes": words}})


def seat(name: str, member: str | None) -> dict[str, Any]:
    party = {"name": "A Party", "abbreviation": "AP"}
    sits = {"member": {"value": {"id": 9, "nameDisplayAs": member, "latestParty": party}}}
    return {"value": {"id": 1, "name": name, "currentRepresentation": sits if member else None}}


@asynccontextmanager
async def serving_civic() -> AsyncIterator[tuple[Civic, Services]]:
    """The services, and what asks them through the real client, while the block runs."""
    services = Services()
    routes = [
        Route("/postcodes/{postcode}", services.postcode),
        Route("/api/Location/Constituency/Search", services.members),
        Route("/petitions/{number}.json", services.petition),
    ]
    async with serve(Starlette(routes=routes)) as address:
        async with Client("test", [address.url.removeprefix("http://")], read_timeout=2) as client:
            yield Civic(client, Addresses(postcodes=address.url, members=address.url, petitions=address.url)), services
        services.over.set()
