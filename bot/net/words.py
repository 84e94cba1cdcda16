"""What went wrong on the network, in plain words and without addresses (they may hold keys)."""

import ssl

import httpx

from bot.errors import FetchError, TruncatedError

STATUSES = {
    304: "the server says that nothing changed, though nothing was compared",
    401: "the server wants a login (401)",
    403: "the server refuses us (403): perhaps a wall against bots",
    404: "there is nothing at this address (404)",
    410: "the server says that this is gone for good (410)",
    429: "the server says that we ask too often (429)",
    451: "the server may not show this for legal reasons (451)",
    503: "the server is not available just now (503)",
}
SERVER_ERROR = 500


def status_failure(status: int) -> str:
    """A status as a reason."""
    if status in STATUSES:
        return STATUSES[status]
    if status >= SERVER_ERROR:
        return f"the server failed ({status})"
    return f"the server answered with status {status} instead of a page"


# In this order: the first that fits speaks.
FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (httpx.ConnectTimeout, "the server cannot be reached: no answer to our call"),
    (httpx.TimeoutException, "the server stopped answering"),
    (httpx.ConnectError, "the server cannot be reached"),
    (httpx.ProtocolError, "the server does not speak proper HTTP"),
    (httpx.InvalidURL, "the address cannot be read; check it for misspellings"),
    (Exception, "the fetch failed for a reason that has no name here"),
)


def fetch_failure(error: Exception) -> FetchError:
    """A failure of the HTTP layer as an error of ours."""
    if has_cause(error, ssl.SSLCertVerificationError) and isinstance(error, httpx.ConnectError):
        return FetchError("the server's certificate cannot be verified: perhaps it does not send the whole chain")
    if has_cause(error, ssl.SSLError) and isinstance(error, httpx.ConnectError):
        return FetchError("the server makes no secure connection: perhaps its address begins with http, not https")
    if isinstance(error, httpx.ReadError):
        return TruncatedError("the connection broke off")
    if isinstance(error, httpx.RemoteProtocolError) and "complete" in str(error):
        return TruncatedError("the answer broke off before its end")
    return FetchError(next(words for kind, words in FAILURES if isinstance(error, kind)))


def has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether an error of this kind is among the causes."""
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
