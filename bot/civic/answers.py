"""The services' answers, as far as they are read: what else is in them is passed over, party and address too."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, StringConstraints

from bot.model.civic import Petition, Seat

LONGEST: Final = 200
"""Characters of a name or a title; the services' own are all shorter, and a message must have room for it."""


def is_sendable(text: str) -> str:
    """The text as it is; raises ValueError where it holds half a character, which no request can carry."""
    text.encode()
    return text


Words = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(is_sendable)]


class Postcode(BaseModel):
    """postcodes.io's `result`."""

    country: Words | None = None
    parliamentary_constituency: Words | None = None
    parliamentary_constituency_2024: Words | None = None


class PostcodeAnswer(BaseModel):
    """postcodes.io's answer."""

    result: Postcode


class Member(BaseModel):
    """A member of Parliament."""

    nameDisplayAs: Words  # noqa: N815 -- the service's own name


class MemberValue(BaseModel):
    """What the Members API wraps a member in."""

    value: Member


class Representation(BaseModel):
    """Who sits for a constituency."""

    member: MemberValue


class Found(BaseModel):
    """A constituency of the Members API; a vacant seat has no representation."""

    name: Words
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

    action: Words
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
