"""What tests of sending share: an office with letters in its outbox, and what becomes of them."""

from datetime import datetime, timedelta

from bot.channels import DeliveryError
from db import Letter, inbox, outbox
from handlers import Reply
from handlers.replies import to_json
from scheduler import ZONE
from tests.small_office import CHANNEL, SmallOffice

PERSON = "PR-01"
FRIDAY_NIGHT = datetime(2025, 3, 21, 22, 0, tzinfo=ZONE)
MONDAY = datetime(2025, 3, 24, 7, 30, tzinfo=ZONE)
OUT_OF_REACH = DeliveryError("cannot be reached", retryable=True)
BROKE = DeliveryError("the connection broke", unknown=True)


def write(office: SmallOffice, *texts: str, to: str = PERSON) -> None:
    """Put answers into the outbox, as turns do."""
    now = office.clock.now()
    with office.store.transaction() as connection:
        for text in texts:
            office.number += 1
            update = inbox.store(connection, CHANNEL, f"written {office.number}", {}, now)
            key = f"reply:{update}:0"
            outbox.write(
                connection, [Letter(key, "reply", CHANNEL, to, to_json(Reply(text)), now, answers=update)], now
            )


def state(office: SmallOffice, to: str = PERSON) -> list[tuple[str, str | None]]:
    """What became of what was written to somebody, and why."""
    return [(letter.state, letter.reason) for letter in office.letters(to)]


def wait(office: SmallOffice, **span: float) -> None:
    """Time passes."""
    office.clock.move_to(office.clock.now() + timedelta(**span))
