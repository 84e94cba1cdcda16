import pytest
from starlette.applications import Starlette

from bot.app.place import find_civic
from bot.civic import Addresses, Civic
from bot.config import Config
from bot.errors import UnknownPostcodeError
from bot.model.civic import Seat
from bot.net import Client
from bot.sandbox.civic import civic_routes
from bot.serving import serve


async def test_any_postcode_can_be_tried_and_everything_says_that_it_is_invented() -> None:
    async with serve(Starlette(routes=civic_routes())) as address, Client("test", [address.url[7:]]) as client:
        root = f"{address.url}/civic"
        civic = Civic(client, Addresses(postcodes=root, members=root, petitions=root))
        seats = [(await civic.find_representation(f"AB1 {number}CD"))[1] for number in range(3)]
        assert len(set(seats)) == 3
        assert all("(invented)" in seat.name and (seat.vacant or "(invented)" in seat.member) for seat in seats)
        assert (await civic.find_constituency("EH1 1AA")).devolved
        assert (await civic.find_constituency("BT1 1AA")).nation == "Northern Ireland"
        with pytest.raises(UnknownPostcodeError):
            await civic.find_constituency("ZZ1 1ZZ")
        assert await civic.find_seat("Real Place") == Seat(name="Real Place")
        petition = await civic.find_petition(7)
        assert petition is not None
        assert "Sample" in petition.asks


def test_the_sandbox_asks_itself_but_for_what_the_configuration_names() -> None:
    plain, named = Config(), Config.model_validate({"civic": {"members_url": "http://127.0.0.1:9/"}})
    assert find_civic(plain).postcodes == "https://api.postcodes.io"
    found = find_civic(named, "http://127.0.0.1:8/civic")
    assert (found.postcodes, found.members) == ("http://127.0.0.1:8/civic", "http://127.0.0.1:9")
