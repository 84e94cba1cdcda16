"""Public services: postcodes.io, Parliament's Members API and petitions. A postcode is used and forgotten."""

from bot.civic.services import Addresses, Civic

__all__ = ["Addresses", "Civic"]
