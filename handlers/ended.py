"""A union that is no more: since when, and who took over."""

from db import lineage, unions
from handlers import Reply
from handlers.conversation import Desk


def ended(desk: Desk) -> Reply | None:
    """What is said to whoever still speaks for a union that is closed today; `None` where it is open."""
    last = lineage.last_day(desk.connection, desk.union.code)
    if last is None or last >= desk.today:
        return None
    heirs = lineage.successors(desk.connection, desk.union.code, desk.today)
    found = [unions.get(desk.connection, code, desk.today) for code in heirs]
    named = ", ".join(heir.name for heir in found if heir)
    phrase = "union-taken-over" if named else "union-closed"
    return Reply(desk.phrases.say(phrase, union=desk.union.name, last=last, successors=named))
