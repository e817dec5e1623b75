"""Group chats: staff link one to their union with a code and switch it off again. Nobody is known in a group: whatever
else is said there gets no answer and is not kept."""

from datetime import timedelta

from db import GroupChat, audit, groups, officers, outbox, unions
from handlers import Choice, Incoming, Reply
from handlers.codes import fresh, hashed, looks_like_one
from handlers.conversation import Conversation, Desk, Doorstep, Turn
from handlers.replies import letter

SUBJECT = "group"
COMMAND = "nhom"
KIND = "notice"

CODE_HOLDS = timedelta(minutes=30)
"""Time enough to open the group and paste a line, too short for a code to be found lying about."""

MOST_GROUPS = 5
"""Of one union: more would be the same names over and over."""


def open_now(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """`/nhom` in a private chat: the groups of the staff's union, one to be linked, each to be switched off."""
    return Turn((_overview(desk),), conversation)


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A code for a further group, or a group to be switched off (`words`: its number)."""
    if action == "link" and len(groups.every(desk.connection, desk.union.code)) < MOST_GROUPS:
        return Turn((_code(desk),), conversation)
    mine = {str(group.id): group for group in groups.every(desk.connection, desk.union.code)}
    group = mine.get(words[0]) if action == "off" and words else None
    if group is None:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    groups.close(desk.connection, group.id, desk.now)
    audit.note(desk.connection, desk.officer.id, "group-closed", group.union, {"group": group.id}, desk.now)
    said = desk.phrases.say("group-switched-off", number=_number(group, mine))
    return Turn((Reply(said), _overview(desk)), conversation)


def _number(group: GroupChat, among: dict[str, GroupChat]) -> int:
    return list(among).index(str(group.id)) + 1


def _overview(desk: Desk) -> Reply:
    """Groups have no name here: nothing is kept of them but where they are and since when."""
    linked = groups.every(desk.connection, desk.union.code)
    lines = [
        desk.phrases.say("group-line", number=place, since=group.opened_at) for place, group in enumerate(linked, 1)
    ]
    head = desk.phrases.say("group-overview", count=len(linked), union=desk.union.name)
    choices = [
        Choice(f"{SUBJECT}:off:{group.id}", desk.phrases.say("group-button-off", number=place))
        for place, group in enumerate(linked, 1)
    ]
    if len(linked) < MOST_GROUPS:
        choices.insert(0, Choice(f"{SUBJECT}:link", desk.phrases.say("group-button-link")))
    return Reply("\n".join((head, *lines)), tuple(choices))


def _code(desk: Desk) -> Reply:
    code, until = fresh(), desk.now + CODE_HOLDS
    groups.offer(desk.connection, hashed(code), desk.union.code, desk.officer.id, until)
    name = desk.timetable.bot_name
    # With Telegram's privacy mode a bot surely hears only commands that name it.
    order = f"/{COMMAND}{f'@{name}' if name else ''} {code}"
    return Reply(desk.phrases.say("group-code", order=order, until=until, union=desk.union.name))


def in_group(doorstep: Doorstep, incoming: Incoming) -> tuple[Reply, ...]:
    """What comes from a group: a code links it, the bot's leave-taking closes it, all else gets no answer."""
    connection, there = doorstep.connection, (incoming.channel, incoming.address)
    if incoming.group == "over":
        groups.lose(connection, *there, doorstep.now)
        return ()
    order, _, code = incoming.text.strip().partition(" ")
    if order.split("@")[0].lower() != f"/{COMMAND}" or not looks_like_one(code):
        return ()
    before = groups.at(connection, *there)
    group = groups.link(connection, hashed(code), *there, doorstep.now)
    union = unions.get(connection, group.union, doorstep.now.date()) if group else None
    if group is None or union is None:
        return ()
    audit.note(connection, group.officer, "group-opened", group.union, {"group": group.id}, doorstep.now)
    if before and before.union != group.union:
        _lost(doorstep, before)
    return (Reply(doorstep.phrases.say("group-linked", union=union.name)),)


def _lost(doorstep: Doorstep, group: GroupChat) -> None:
    """Staff of another union have linked the group for theirs: it is noted for the union that had it, whose staff hear
    of it."""
    connection, now = doorstep.connection, doorstep.now
    audit.note(connection, group.officer, "group-lost", group.union, {"group": group.id}, now)
    union = unions.get(connection, group.union, now.date())
    if union is None:
        return
    said = Reply(doorstep.phrases.say("group-lost", union=union.name, since=group.opened_at))
    staff = [each for each in officers.holders(connection, group.union) if each.role != "officer"]
    told = [letter(each, f"group-lost:{group.id}:{each.id}", KIND, said, now) for each in staff]
    outbox.write(connection, told, now)
