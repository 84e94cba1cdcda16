"""Invented answers of the civic services, so that /mp can be tried with any postcode: nobody in them is real.

Every postcode in shape is in one of a few sample constituencies; those that begin with ZZ are unknown, those of
Scotland and Northern Ireland lie there, and one seat is vacant.
"""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.model.civic import read_postcode

SAMPLES: Final = {
    "Sample Vale (invented)": "Alex Sample (invented)",
    "Sample Harbour (invented)": "Jo Example (invented)",
    "Sample Marsh (invented)": None,
}
SCOTTISH, IRISH = "Sample Glen (invented)", "Sample Lough (invented)"
MEMBERS: Final = {**SAMPLES, SCOTTISH: "Mo Specimen (invented)", IRISH: "Sam Muster (invented)"}
AREAS: Final = {"EH": (SCOTTISH, "Scotland"), "G": (SCOTTISH, "Scotland"), "BT": (IRISH, "Northern Ireland")}
UNKNOWN: Final = "ZZ"


def civic_routes() -> list[BaseRoute]:
    """The services' routes, all under /civic/."""
    return [
        Mount(
            "/civic",
            routes=[
                Route("/postcodes/{postcode}", find_postcode),
                Route("/api/Location/Constituency/Search", find_seats),
                Route("/petitions/{number:int}.json", find_petition),
            ],
        )
    ]


async def find_postcode(request: Request) -> Response:
    """As postcodes.io answers."""
    postcode = read_postcode(request.path_params["postcode"])
    area = "".join(letter for letter in (postcode or "")[:2] if letter.isalpha())
    if postcode is None or area == UNKNOWN:
        return JSONResponse({"status": 404, "error": "Postcode not found"}, status_code=404)
    name, nation = AREAS.get(area, (list(SAMPLES)[sum(map(ord, postcode)) % len(SAMPLES)], "England"))
    found = {"postcode": postcode, "country": nation, "parliamentary_constituency_2024": name}
    return JSONResponse({"status": 200, "result": found})


async def find_seats(request: Request) -> Response:
    """As the Members API answers, fuzzy search included."""
    asked = request.query_params.get("searchText", "").casefold()
    found = [seat_of(name, member) for name, member in MEMBERS.items() if asked in name.casefold()]
    return JSONResponse({"items": found, "totalResults": len(found)})


def seat_of(name: str, member: str | None) -> dict[str, Any]:
    """A constituency as the Members API gives it."""
    sits = {"member": {"value": {"id": 1, "nameDisplayAs": member}}} if member else None
    return {"value": {"id": 1, "name": name, "currentRepresentation": sits}}


async def find_petition(request: Request) -> Response:
    """As the petitions site answers."""
    words = {
        "action": "Sample petition: invented for trying out this bot",
        "state": "open",
        "signature_count": 1234,
        "closing_date": "2030-01-01T00:00:00Z",
    }
    return JSONResponse({"data": {"id": request.path_params["number"], "attributes": words}})
