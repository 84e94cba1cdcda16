"""The services' answers, as far as they are read: what else is in them is passed over, party and address too."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel

from bot.model.civic import Petition, Seat


class Postcode(BaseModel):
    """postcodes.io's `result`."""

    country: str | None = None
    parliamentary_constituency: str | None = None
    parliamentary_constituency_2024: str | None = None


class PostcodeAnswer(BaseModel):
    """postcodes.io's answer."""

    result: Postcode


class Member(BaseModel):
    """A member of Parliament."""

    nameDisplayAs: str  # noqa: N815 -- the service's own name


class MemberValue(BaseModel):
    """What the Members API wraps a member in."""

    value: Member


class Representation(BaseModel):
    """Who sits for a constituency."""

    member: MemberValue


class Found(BaseModel):
    """A constituency of the Members API; a vacant seat has no representation."""

    name: str
    currentRepresentation: Representation | None = None  # noqa: N815 -- the service's own name


class FoundValue(BaseModel):
    """What the Members API wraps a constituency in."""

    value: Found


class MembersAnswer(BaseModel):
    """A search's answer; the search is fuzzy."""

    items: list[FoundValue] = []

    def seats(self) -> Iterator[Seat]:
        """Each constituency found, with who sits for it."""
        for item in self.items:
            sits = item.value.currentRepresentation
            yield Seat(
                name=item.value.name, member=sits.member.value.nameDisplayAs if sits else "", vacant=sits is None
            )


class PetitionWords(BaseModel):
    """A petition's attributes."""

    action: str
    state: str
    signature_count: int
    closing_date: datetime | None = None
    closed_at: datetime | None = None


class PetitionBody(BaseModel):
    """A petition."""

    attributes: PetitionWords


class PetitionAnswer(BaseModel):
    """The petitions site's answer."""

    data: PetitionBody

    def petition(self) -> Petition:
        """As its noun."""
        words = self.data.attributes
        closes = words.closing_date or words.closed_at
        return Petition(
            asks=words.action,
            signatures=words.signature_count,
            is_open=words.state == "open",
            closes_on=closes.date() if closes else None,
        )
