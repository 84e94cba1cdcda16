"""Addresses as entries carry them: any text at all, which must not stop whoever looks into it."""

from urllib.parse import SplitResult, urlsplit

_NOWHERE = SplitResult("", "", "", "", "")


def split_link(url: str | None) -> SplitResult:
    """An address's parts; all of them empty where there is none, or where it is no address ("http://[odd/")."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return _NOWHERE
