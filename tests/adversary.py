"""An adversary: walks every command and every button as everybody, replays them as everybody else, and complains of
whatever shows or changes something outside the asker's subtree."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from db import checkins, conversations, invitations, officers, questions, tables, targets, unions
from db.store import Connection, Store
from handlers import Incoming, Reply, codes, join
from handlers.conversation import Conversation, Doorstep, Turn, desk_of, from_json
from handlers.phrasebook import Phrases
from handlers.replies import from_json as reply_from_json
from handlers.respond import COMMANDS, respond
from handlers.timetable import Timetable
from knowledge.index import Library
from tests.small_office import CHANNEL
from tests.small_office import THURSDAY as NOW

STRANGER = "stranger"
TWO = "two posts"
DEEPEST = 3
INDICATOR = "new_members"

WORDS = tuple({command: word for word, command in COMMANDS.items()}.values())
"""Each command once, by one of its words."""

Path = tuple[Incoming, ...]


@dataclass(frozen=True)
class World:
    """An office in which every union has figures of its own, with what each person may see."""

    store: Store
    library: Library
    timetable: Timetable
    people: tuple[str, ...]
    visible: dict[str, frozenset[str]] = field(default_factory=dict)
    named: dict[str, frozenset[str]] = field(default_factory=dict)
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def says(address: str, text: str) -> Incoming:
    return Incoming(CHANNEL, "1", address, text)


def taps(address: str, choice: str) -> Incoming:
    return Incoming(CHANNEL, "1", address, choice=choice)


# The office.


def fill(connection: Connection, now: datetime) -> None:
    """Figures, targets, questions, invitations and reports for every grassroots union, each recognisable."""
    for number, union in enumerate(unions.every(connection, now.date())):
        staff = officers.of_union(connection, union.parent, "staff") if union.parent else None
        asked_of = union.parent or union.code
        questions.pass_on(connection, union.code, None, f"riêng {mark(number)}", None, "not_found", asked_of, now)
        giver = staff.id if staff else None
        targets.assign(connection, union.code, INDICATOR, "2025", mark(number), "members", officer=giver, now=now)
        if union.level != "grassroots":
            continue
        for period in ("2025-01", "2025-02"):
            answers = {"members": mark(number), "admitted": mark(number), "workers": mark(number) + 1}
            checkins.put(connection, union.code, "monthly", 1, period, answers, officer=None, late=False, now=now)
        invitations.make(
            connection,
            codes.hashed(str(number)),
            union.code,
            "officer",
            invited_by=None,
            now=now,
            expires_at=now + timedelta(days=14),
        )


def mark(number: int) -> int:
    """The figure by which a union is known."""
    return 71_003 + number * 17


def world(store: Store, library: Library, timetable: Timetable, people: Iterable[str]) -> World:
    """Fill the office and note who may see what, before anything is tampered with."""
    made = World(store, library, timetable, tuple(people))
    with store.transaction() as connection:
        fill(connection, NOW)
        for number, union in enumerate(unions.every(connection, NOW.date())):
            figure = str(mark(number))
            made.names[union.code] = union.name
            made.marks[union.code] = (figure, f"{figure[:2]}.{figure[2:]}", f"{figure[:2]},{figure[2:]}")
        for address in made.people:
            mine = [post.union for post in officers.posts_at(connection, CHANNEL, address)]
            below = [unions.below(connection, code, NOW.date()) for code in mine]
            above = [unions.chain(connection, code, NOW.date()) for code in mine]
            made.visible[address] = frozenset().union(*below)
            made.named[address] = made.visible[address].union(*above)
    return made


# One turn.


def turn(world: World, connection: Connection, conversation: Conversation | None, incoming: Incoming) -> Turn:
    """What the bot answers, as in a turn of the house; `conversation` is what the database has where it is left out."""
    posts = officers.posts_at(connection, CHANNEL, incoming.address)
    doorstep = Doorstep(NOW, connection, Phrases("vi"), CHANNEL, incoming.address)
    if conversation is None:
        post = posts[0].id if posts else conversations.NO_POST
        conversation = from_json(conversations.load(connection, CHANNEL, incoming.address, post))
    if not posts:
        return join.respond(doorstep, conversation, incoming)
    return respond(desk_of(doorstep, posts, world.library, world.timetable), conversation, incoming)


def walked(world: World, connection: Connection, path: Path) -> Turn:
    """The last turn of a path, in an open transaction."""
    conversation: Conversation | None = None
    for incoming in path:
        last = turn(world, connection, conversation, incoming)
        conversation = last.conversation if last.post is None else None
    return last


# What can be tapped.


def crawl(world: World, address: str) -> dict[str, Path]:
    """Every choice that this person can come to see, with the shortest way there."""
    found: dict[str, Path] = {}
    edge: list[Path] = [(says(address, f"/{word}"),) for word in WORDS]
    for _ in range(DEEPEST):
        following: list[Path] = []
        for path in edge:
            with world.store.transaction(commit=False) as connection:
                said = walked(world, connection, path)
            for reply in said.replies:
                for choice in reply.choices:
                    if choice.id not in found:
                        found[choice.id] = (*path, taps(address, choice.id))
                        following.append(found[choice.id])
        edge = following
    return found


# What must not be seen or changed.


def complaints(world: World, path: Path) -> Iterator[str]:
    """What the last turn of a path shows or changes that is not the business of who asked."""
    address, steps = path[-1].address, [each.choice or each.text for each in path]
    asked = steps[-1]
    with world.store.transaction(commit=False) as connection:
        before = foreign_rows(world, connection, address)
        said = walked(world, connection, path)
        after = foreign_rows(world, connection, address)
    for reply in said.replies:
        for word in foreign_words(world, address, text_of(reply), asked):
            yield f"{address} {steps} reads {word!r}"
    for letter in said.letters:
        if letter.address in world.named:
            for word in foreign_words(world, letter.address, text_of(reply_from_json(letter.body)), asked):
                yield f"{address} {asked!r} makes {letter.address} read {word!r}"
    for table in before:
        if before[table] != after[table]:
            yield f"{address} {steps} changes {table}: {before[table] ^ after[table]}"


def text_of(reply: Reply) -> str:
    """Everything of a reply that can be read, also inside its file."""
    parts = [reply.text, *(choice.label for choice in reply.choices), *(choice.id for choice in reply.choices)]
    parts += [citation.quote for citation in reply.citations]
    if reply.file:
        parts += [reply.file.name, *inside(reply.file.content)]
    return "\n".join(parts)


def inside(content: bytes) -> Iterator[str]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                yield re.sub(r"<[^>]*>", "\n", parts.read(name).decode())


def foreign_words(world: World, address: str, text: str, asked: str) -> list[str]:
    """Names and codes of unions that are neither below nor above the reader, and figures of those not below."""
    text = text.replace(asked.partition(" ")[2] or asked, "") if asked else text
    found = []
    for code, figures in world.marks.items():
        words = [] if code in world.visible.get(address, ()) else list(figures)
        if code not in world.named.get(address, ()):
            words += [code, world.names[code]]
        found += [word for word in words if re.search(rf"(?<![\w.,-]){re.escape(word)}(?![\w-])", text)]
    return found


def foreign_rows(world: World, connection: Connection, address: str) -> dict[str, frozenset[str]]:
    """Every row that is not the business of this person, by table."""
    mine = world.visible.get(address, frozenset())
    people = {each.person for each in officers.everyone(connection) if each.union in mine or each.address == address}
    addresses = {each.address for each in officers.everyone(connection) if each.person in people} | {address}
    rows: dict[str, frozenset[str]] = {}
    for name, table in tables.metadata.tables.items():
        if name in ("inbox", "outbox", "notes", "wrong_codes"):
            continue
        every = connection.execute(select(table)).mappings()
        rows[name] = frozenset(str(dict(row)) for row in every if not business(dict(row), mine, people, addresses))
    return rows


def business(row: dict[str, Any], mine: frozenset[str], people: set[int], addresses: set[str]) -> bool:
    """Whether a row is one that this person may change."""
    if "union" in row:
        return row["union"] in mine
    if "address" in row:
        return row["address"] in addresses
    if "scope" in row:  # a rule about reports
        return row["scope"] in mine
    return "agreed_at" in row and row["id"] in people
