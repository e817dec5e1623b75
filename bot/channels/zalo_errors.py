"""What Zalo's errors mean: for a letter, and for whoever runs the bot.

Source: docs.zaloplatforms.com/docs/BOT (error_code). The numbers are Zalo's own, not HTTP's: 403 is "internal server
error", and 408 is how an unanswered question for events ends.
"""

import re
from typing import Any

from bot.channels import TOKEN_SILENCE, DeliveryError
from bot.channels.zalo_client import CallFailed

IDLE = 408
FLOOD = 429
NOT_STORED = "zalo_event_not_stored"
TOKEN_HINT = "set ZALO_BOT_TOKEN to the token that Zalo Bot Manager sends when a bot is created"  # noqa: S105

# How Zalo may say that it does not know a chat; its documents name no words.
GONE = re.compile(r"(chat|user|recipient|receiver)\b.*(not found|invalid|not exist|block|deactivat)", re.DOTALL)

MEANINGS: dict[int, tuple[str, dict[str, Any]]] = {
    400: ("Zalo refused the message", {}),
    401: ("token refused", {"retryable": True, "retry_after": TOKEN_SILENCE}),
    403: ("Zalo has a fault of its own", {"retryable": True}),
    404: ("Zalo refused the message", {}),
    408: ("Zalo did not finish in time", {"unknown": True}),
}
"""What each code means for a message."""


class NotStored(Exception):
    """`receive` failed; the event is kept in memory and stored as soon as that works."""


def delivery_error(error: CallFailed) -> DeliveryError:
    """What a failed send means for delivery. Nothing of Zalo's sentence goes over: it may quote the message."""
    if error.code is None:
        if error.arrived:
            return DeliveryError("the answer of Zalo did not arrive or cannot be read", unknown=True)
        return DeliveryError("Zalo cannot be reached", retryable=True)
    if error.code in (400, 404) and GONE.search(error.description.lower()):
        return DeliveryError("the chat does not exist", address_gone=True)
    other: tuple[str, dict[str, Any]] = (f"Zalo refused with error {error.code}", {"retryable": error.code >= 500})
    reason, meaning = MEANINGS.get(error.code, other)
    return DeliveryError(reason, **meaning)


def advice_on(error: CallFailed | NotStored) -> tuple[str, str]:
    """The name of a problem while listening, and what the operator can do."""
    if isinstance(error, NotStored):
        return NOT_STORED, f"see why the database refuses it ({error}); it is tried again"
    if error.code in (401, 404):
        return "zalo_token_refused", TOKEN_HINT
    if error.code == 400:
        return "zalo_refused", "check WEBHOOK_BASE_URL: a public https address; no other process may use this bot"
    return "zalo_unreachable", "check the route to ZALO_API_BASE; it is tried again"
