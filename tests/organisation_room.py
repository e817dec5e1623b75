"""What tests of people and posts share: an office with staff, officers and somebody new, and what they tap."""

import re
from datetime import datetime

from db import Officer, Role, officers
from db.store import Store
from handlers.replies import from_json
from knowledge.index import Library
from scheduler import ZONE
from tests.small_office import CHANNEL, SmallOffice, choices_of, text_of

MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=ZONE)
"""No report is owed and no check-in asked for: nothing is said unasked."""

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


def open_office(store: Store, library: Library, *people: str) -> SmallOffice:
    """An office in which these unions have somebody."""
    return SmallOffice(store, library, MONDAY, people=people)


def add(office: SmallOffice, address: str, union: str, role: Role) -> Officer:
    """A further person with a post."""
    with office.store.transaction() as connection:
        return officers.add(connection, union, role, CHANNEL, address, office.clock.now())


def tap(office: SmallOffice, address: str, label: str) -> str:
    """Tap the button with this label below the last reply; gives the text of what follows."""
    last = office.letters(address)[-1]
    choice = next(choice.id for choice in choices_of(last) if choice.label.startswith(label))
    return text_of(office.taps(address, choice))


def code_in(text: str) -> str:
    """The code of an invitation in a message."""
    found = CODE.search(text)
    assert found, text
    return found[0]


def invited(office: SmallOffice, staff: str, union: str, label: str = "Mời cán bộ công đoàn") -> str:
    """The code of an invitation that staff have made."""
    office.says(staff, f"/moi {union}")
    return code_in(tap(office, staff, label))


def joined(office: SmallOffice, newcomer: str, code: str) -> str:
    """Take up an invitation; gives what the newcomer reads."""
    office.says(newcomer, code)
    return tap(office, newcomer, "Đồng ý")


def posts(office: SmallOffice, address: str) -> list[tuple[str, str]]:
    """The (union, role) of the posts of somebody, the one they speak for first."""
    with office.store.transaction() as connection:
        return [(each.union, each.role) for each in officers.posts_at(connection, CHANNEL, address)]


def told(office: SmallOffice, address: str) -> list[str]:
    """What somebody was told unasked."""
    return [from_json(letter.body).text for letter in office.letters(address) if letter.answers is None]
