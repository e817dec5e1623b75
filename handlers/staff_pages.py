"""The pages that staff leaf through: the unions of their subtree, one union, the open invitations, the log."""

from collections.abc import Iterator, Sequence

from db import Invitation, Noted, Officer, audit, invitations, officers
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk
from handlers.membership import Scene
from handlers.staff_scope import below, inside, may, roles, union_list, union_of
from knowledge import Union
from knowledge.vietnamese import fold

PAGE = 8
"""So many unions on a page fit a telephone."""

LOGGED = 10


def matching(desk: Desk, text: str) -> tuple[Union, ...]:
    """The unions of the subtree that are called like that: the one with this code, else all with these words in their
    name, diacritics optional."""
    known = union_of(desk, text) or union_of(desk, text.upper())
    if known:
        return (known,)
    wanted, mine = fold(text), union_list(desk)
    exact = tuple(union for union in mine if wanted in (fold(union.code), fold(union.name)))
    if exact:
        return exact
    words = wanted.split()
    return tuple(union for union in mine if all(word in f"{fold(union.code)} {fold(union.name)}" for word in words))


def unions_page(desk: Desk, conversation: Conversation, page: int) -> Reply:
    """The unions that match what was typed last, a page of them."""
    assert conversation.wait is not None
    query, sought = conversation.wait.data["query"], conversation.wait.data["for"]
    found = matching(desk, query) if query else union_list(desk)
    shown = found[page * PAGE : (page + 1) * PAGE]
    choices = [Choice(f"staff:union:{union.code}", f"{union.code} · {union.name}") for union in shown]
    choices += _leaf(desk, "list", page, len(found))
    phrase = "handover-pick" if sought else "staff-pick"
    return Reply(desk.phrases.say(phrase, count=len(found)), tuple(choices))


def _leaf(desk: Desk, action: str, page: int, count: int) -> Iterator[Choice]:
    if page > 0:
        yield Choice(f"staff:{action}:{page - 1}", desk.phrases.say("staff-earlier"))
    if (page + 1) * PAGE < count:
        yield Choice(f"staff:{action}:{page + 1}", desk.phrases.say("staff-further"))


def union_page(desk: Desk, union: Union) -> Reply:
    """Who holds which post in a union, and what staff can do about it."""
    say = desk.phrases.say
    holders = officers.holders(desk.connection, union.code)
    waiting = invitations.waiting(desk.connection, desk.now, union=union.code)
    lines = _numbered([_holder(desk, each) for each in holders], desk) or [say("staff-nobody")]
    lines += [say("staff-invited", role=say(f"role-{each.role}"), day=each.expires_at.date()) for each in waiting]
    choices = [Choice(f"staff:make:{union.code}:{role[0]}", say(f"staff-invite-{role}")) for role in roles(desk, union)]
    for place, each in enumerate(holders, start=1):
        if may(desk, union, each.role):
            label = say("handover-post") if len(holders) == 1 else say("handover-nth", place=place)
            choices.append(Choice(f"staff:hand:{each.id}", label))
    choices += _revoking(desk, waiting)
    return Reply(say("staff-union", union=union.name, code=union.code, lines="\n".join(lines)), tuple(choices))


def _numbered(holders: list[str], desk: Desk) -> list[str]:
    if len(holders) == 1:
        return [desk.phrases.say("staff-one", holder=holders[0])]
    return [desk.phrases.say("staff-nth", place=place, holder=each) for place, each in enumerate(holders, start=1)]


def _holder(desk: Desk, officer: Officer) -> str:
    """A holder of a post; nobody's name is known."""
    post = officers.any_post(desk.connection, officer.id)
    assert post is not None
    role = desk.phrases.say(f"role-{officer.role}")
    reach = "" if officer.reachable else desk.phrases.say("staff-not-reached")
    return desk.phrases.say("staff-holder", role=role, since=post.since.date(), reach=reach)


def holders_page(desk: Desk, old: Officer, union: Union) -> Reply:
    """Who in a union could take over the post `old`."""
    found = [
        each
        for each in officers.holders(desk.connection, union.code)
        if each.person != old.person and may(desk, union, each.role)
    ]
    if not found:
        return Reply(desk.phrases.say("handover-nobody-there", union=union.name))
    choices = tuple(Choice(f"staff:give:{old.id}:{each.id}", _holder(desk, each)) for each in found)
    return Reply(desk.phrases.say("handover-which", union=union.name), choices)


def invitations_page(desk: Desk, page: int) -> Reply:
    """The open invitations of the subtree, each to be revoked."""
    mine = below(desk)
    found = [each for each in invitations.waiting(desk.connection, desk.now) if each.union in mine]
    if not found:
        return Reply(desk.phrases.say("invite-none"))
    shown = found[page * PAGE : (page + 1) * PAGE]
    scene = Scene(desk.now, desk.connection, desk.phrases)
    lines = [
        desk.phrases.say(
            "invite-line",
            union=scene.name_of(each.union),
            role=desk.phrases.say(f"role-{each.role}"),
            day=each.expires_at.date(),
        )
        for each in shown
    ]
    choices = (*_revoking(desk, shown), *_leaf(desk, "open", page, len(found)))
    return Reply(desk.phrases.say("invite-open", count=len(found), lines="\n".join(lines)), choices)


def _revoking(desk: Desk, waiting: Sequence[Invitation]) -> Iterator[Choice]:
    for each in waiting:
        union = union_of(desk, each.union)
        if union and may(desk, union, each.role):
            yield Choice(f"staff:drop:{each.id}", desk.phrases.say("invite-revoke-of", code=union.code))


def log_page(desk: Desk, before: int | None) -> Reply:
    """What was done in the subtree, the newest first."""
    found = audit.entries(desk.connection, below(desk), LOGGED + 1, before)
    if not found:
        return Reply(desk.phrases.say("log-empty"))
    lines = "\n".join(_log_line(desk, each) for each in found[:LOGGED])
    more = (
        (Choice(f"staff:log:{found[LOGGED - 1].id}", desk.phrases.say("log-earlier")),) if len(found) > LOGGED else ()
    )
    return Reply(desk.phrases.say("log-page", lines=lines), more)


def _log_line(desk: Desk, entry: Noted) -> str:
    """One action; who acted is named by post, and by union where it is one of the subtree."""
    scene = Scene(desk.now, desk.connection, desk.phrases)
    post = officers.any_post(desk.connection, entry.officer) if entry.officer else None
    if post is None:
        who = desk.phrases.say("log-operator")
    elif inside(desk, post.union):
        who = desk.phrases.say("log-post", role=desk.phrases.say(f"role-{post.role}"), code=post.union)
    else:
        who = desk.phrases.say("log-above")
    did = desk.phrases.say("log-did", action=entry.action)
    return desk.phrases.say("log-line", moment=entry.at, who=who, did=did, union=scene.name_of(entry.union))
