"""Making an invitation: the code, the link and the picture; for staff in chat and for the operator's command line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db import Role, audit, invitations
from db.store import Connection
from handlers import Attachment, codes
from handlers.phrasebook import Phrases
from handlers.pictures import qr_code

GOOD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Offer:
    """A new invitation as it is handed out; afterwards only a hash of `code` is known. `link` is empty where nobody has
    set the bot's name."""

    id: int
    union: str
    role: Role
    code: str
    link: str
    expires_at: datetime

    def picture(self) -> Attachment:
        """The link, or the code where there is no link, to be scanned."""
        return Attachment(f"loi-moi-{self.union}.png", "image/png", qr_code(self.link or self.code))

    def in_words(self, union: str, phrases: Phrases) -> str:
        """What staff pass on to whom they invite; `union` is its name."""
        phrase = "invite-with-link" if self.link else "invite-with-code"
        role = phrases.say(f"role-{self.role}")
        day = self.expires_at.date()
        return phrases.say(phrase, union=union, role=role, code=self.code, link=self.link, day=day)


def invite(
    connection: Connection,
    union: str,
    role: Role,
    *,
    invited_by: int | None,
    bot_name: str,
    now: datetime,
    good_for: timedelta = GOOD_FOR,
    replaces: int | None = None,
) -> Offer:
    """Offer a post in `union`; `bot_name` is the bot's name on Telegram without "@", empty where it is not known."""
    code = codes.fresh()
    expires_at = now + good_for
    number = invitations.make(
        connection,
        codes.hashed(code),
        union,
        role,
        invited_by=invited_by,
        now=now,
        expires_at=expires_at,
        replaces=replaces,
    )
    audit.note(connection, invited_by, "invited", union, {"invitation": number, "role": role}, now)
    link = f"https://t.me/{bot_name}?start={code}" if bot_name else ""
    return Offer(number, union, role, code, link, expires_at)
