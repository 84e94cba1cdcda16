"""What Telegram answers instead of a result, in Telegram's own words."""

from bot.errors import AlertsError


class RefusalError(AlertsError):
    """The Bot API says no.

    Attributes:
        error_code: the HTTP status, repeated in the body.
        description: Telegram's words, with their prefix ("Bad Request: ...").
        parameters: `retry_after` (seconds) or `migrate_to_chat_id`; mostly empty.
    """

    def __init__(self, error_code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.parameters = parameters


def bad_request(words: str) -> RefusalError:
    """400: the call is wrong, or speaks of something that is not there."""
    return RefusalError(400, f"Bad Request: {words}")


def forbidden(words: str) -> RefusalError:
    """403: the chat does not want this bot."""
    return RefusalError(403, f"Forbidden: {words}")


def conflict(words: str) -> RefusalError:
    """409: two ways of getting updates at once."""
    return RefusalError(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> RefusalError:
    """429: wait `retry_after` seconds."""
    return RefusalError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def moved(new_chat_id: int) -> RefusalError:
    """400: the group is now the supergroup `new_chat_id`."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return RefusalError(400, words, migrate_to_chat_id=new_chat_id)


def cannot_parse(why: str) -> RefusalError:
    """400: the markup of a text is wrong."""
    return bad_request(f"can't parse entities: {why}")


def query_too_old() -> RefusalError:
    """400: the press or the inline query was answered already, or waited too long."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


UNAUTHORIZED = (401, "Unauthorized")
NOT_FOUND = (404, "Not Found")
METHOD_NOT_FOUND = (404, "Not Found: method not found")

# 409, how a poll ends that another one or a webhook replaced, and what a poll meets while a webhook is set.
SECOND_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_WAS_SET = "terminated by setWebhook request"
WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
