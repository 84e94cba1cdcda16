"""Every error that this project raises on purpose, as one tree.

AlertsError
├── ConfigError          a key in the configuration is wrong; the text names the key and the fix
├── StoreError           the database cannot be used
│   ├── NotADatabaseError    the file is something else
│   ├── ReadOnlyError        it cannot be written
│   ├── NewerDatabaseError   it was written by a newer version of this program
│   ├── OtherBotError        it belongs to another bot
│   └── InUseError           another process of this bot holds it
├── NotFoundError        a `get_*` found nothing
├── FetchError           a page or feed could not be fetched
│   ├── RefusedAddressError  the address is not public, or not http(s)
│   ├── TooLargeError        the body is over the limit
│   ├── TruncatedError       the body ended early
│   ├── StatusError          the server answered with an error status
│   └── FeedEndedError       the publisher says that the feed has ended
├── CivicError           a public service gave no answer that can be used
│   └── UnknownPostcodeError there is no such postcode, or it is in no constituency
├── ParseError           a body is not what it should be
├── WorkerError          a worker process ran out of time or memory, or died
├── TokenRevokedError    Telegram no longer knows the bot's token
├── TooMuchError         somebody sends more than they can be answered
├── CampaignError        a file of the campaign pack is wrong
└── ComposeError         words do not make a message; the text tells their author why
"""

from datetime import timedelta


class AlertsError(Exception):
    """The root. Its text is a sentence for a person: what is wrong and what to do."""


class ConfigError(AlertsError):
    """A key in the configuration is wrong; the text names the key and the fix."""


class StoreError(AlertsError):
    """The database cannot be used."""


class NotADatabaseError(StoreError):
    """The file is something else."""


class ReadOnlyError(StoreError):
    """The database cannot be written."""


class NewerDatabaseError(StoreError):
    """The database was written by a newer version of this program."""


class OtherBotError(StoreError):
    """The database belongs to another bot."""


class InUseError(StoreError):
    """Another process holds the database."""


class NotFoundError(AlertsError):
    """A `get_*` found nothing."""


class FetchError(AlertsError):
    """A page or feed could not be fetched; the text is a reason in plain words."""


class RefusedAddressError(FetchError):
    """The address is not public, or its scheme is not http or https."""


class TooLargeError(FetchError):
    """The body is over the limit, as sent or when decompressed."""


class TruncatedError(FetchError):
    """The body ended before it was whole."""


class StatusError(FetchError):
    """The server answered with an error status.

    Attributes:
        status: the HTTP status.
        retry_after: how long the server asked us to wait, capped, or None.
    """

    def __init__(self, message: str, *, status: int, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class FeedEndedError(FetchError):
    """The publisher says that the feed has ended: it is gone for good (410), or its only entry says so."""


class CivicError(AlertsError):
    """A public service gave no answer that can be used; the text is a reason without the address that was asked."""


class UnknownPostcodeError(CivicError):
    """There is no such postcode (any more), or it is in no constituency."""


class ParseError(AlertsError):
    """A body is not what it should be; the text is a reason in plain words."""


class WorkerError(AlertsError):
    """A worker process ran out of time or memory, or died."""


class TokenRevokedError(AlertsError):
    """Telegram no longer knows the bot's token; nothing can be sent or heard."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the bot's token any more. Ask @BotFather for the token, set TELEGRAM_TOKEN, "
            "and start again. What is owed stays in the database."
        )


class TooMuchError(AlertsError):
    """Somebody sends more than they can be answered; `first`: since they last caught up, this is the first of it."""

    def __init__(self, *, first: bool) -> None:
        super().__init__("Somebody sends more than they can be answered.")
        self.first = first


class CampaignError(AlertsError):
    """A file of the campaign pack is wrong; the text names the file and the row."""


class ComposeError(AlertsError):
    """Words do not make a message; the text tells their author why."""
