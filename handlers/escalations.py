"""What the staff above hear unasked of late reports: at one rung those nearest above, at a later one those above them;
one letter a day to a person. Requests for more time come with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from db import Exemption, Officer, ReportRule, SaidRung, exemptions, report_rules, rungs
from db.store import Connection
from handlers import Choice, Reply
from handlers.holders import Holders
from handlers.months import period_name
from handlers.pending import Pending, place
from handlers.phrasebook import Phrases
from handlers.replies import letter
from handlers.timetable import Timetable
from handlers.unasked_letters import Tree, Unasked, said_rung
from scheduler import Escalation, Rung
from scheduler.policy import escalate, may_speak

KIND = "escalation"
NEAREST = Rung("", 0, tells="staff")
"""Requests go to the staff nearest above."""

ASKED = "asked-"
"""How the note begins that the staff heard of a request."""

MOST_NAMED = 15
"""More names than this do not fit a phone; the rest is counted."""


@dataclass(frozen=True)
class Scene:
    """What the words need: who stands where, who holds which post, which reports are asked for, what is asked for."""

    tree: Tree
    holders: Holders
    rules: Mapping[str, ReportRule]
    asked: Mapping[tuple[str, str, str], Exemption]
    phrases: Phrases


@dataclass
class Heard:
    """What one member of the staff is to hear."""

    officer: Officer
    late: list[Escalation]
    asked: list[Exemption]


def unasked(
    connection: Connection,
    timetable: Timetable,
    phrases: Phrases,
    now: datetime,
    owed: Pending,
    tree: Tree,
    holders: Holders,
) -> Iterator[Unasked]:
    """The letters to staff at this moment."""
    if not may_speak(now, timetable.hours, timetable.calendar):
        return
    asked = exemptions.waiting(connection, tree)
    by_report = {(each.rule, each.union, each.period): each for each in asked}
    rules = {rule.id: rule for rule in report_rules.rules(connection)}
    scene = Scene(tree, holders, rules, by_report, phrases)
    heard: dict[int, Heard] = {}
    for late in _late(owed, timetable, now):
        for officer in listeners(holders, tree, late.owed.union, late.rung):
            heard.setdefault(officer.id, Heard(officer, [], [])).late.append(late)
    told = rungs.said(connection, {each.period for each in asked}, told=True)
    for request in asked:
        if _name(request) not in told.get((request.rule, request.union, request.period, ""), frozenset()):
            for officer in listeners(holders, tree, request.union, NEAREST):
                heard.setdefault(officer.id, Heard(officer, [], [])).asked.append(request)
    for each in heard.values():
        said, key = in_words(each, scene), f"escalate:{each.officer.id}:{now.date().isoformat()}"
        written = letter(each.officer, key, KIND, said, now, about(each))
        yield Unasked(written, each.officer.person, _rungs(each), brief(each, phrases))


def about(heard: Heard) -> dict[str, Any]:
    """What is needed to check the letter again at the moment of sending."""
    late = [
        {
            "report": [each.owed.obligation, each.owed.union, each.owed.period.code],
            "rung": [each.rung.name, each.rung.offset, each.rung.tells],
            "days": each.days_late,
        }
        for each in heard.late
    ]
    post = heard.officer
    return {"post": post.id, "union": post.union, "late": late, "asked": [each.id for each in heard.asked]}


def _late(owed: Pending, timetable: Timetable, now: datetime) -> Sequence[Escalation]:
    found = [
        Escalation(each, late.rung, late.days_late)
        for alike in owed.reports
        if (lates := escalate(alike.owed, now, timetable.ladder, timetable.calendar, timetable.hours))
        for each in alike
        for late in lates
    ]
    return sorted(found, key=lambda late: place(late.owed))


def listeners(holders: Holders, tree: Tree, union: str, rung: Rung) -> Sequence[Officer]:
    """Who hears of a union's late report at a rung: the staff nearest above it, or those above them; maybe nobody."""
    levels = holders.staff_above(union, tree)
    place = 1 if rung.tells == "senior" else 0
    return levels[place] if len(levels) > place and rung.tells != "nobody" else ()


def _rungs(heard: Heard) -> tuple[SaidRung, ...]:
    late = (said_rung(each.owed, each.rung, told=True) for each in heard.late)
    asked = (SaidRung(each.rule, each.union, each.period, "", _name(each), told=True) for each in heard.asked)
    return (*late, *asked)


def _name(request: Exemption) -> str:
    """Under which name it is noted that the staff heard of a request."""
    return f"{ASKED}{request.id}"


def brief(heard: Heard, phrases: Phrases) -> str:
    """What a digest begins with, which has the names itself or behind a button."""
    late = phrases.say("escalation-in-digest", count=len(heard.late)) if heard.late else ""
    asked = phrases.say("escalation-requests", count=_asking(heard)) if heard.asked else ""
    return "\n".join(said for said in (late, asked) if said)


def _asking(heard: Heard) -> int:
    return len({each.union for each in heard.asked})


def before_digest(told: Mapping[str, Any], said: str, digest: Reply, phrases: Phrases) -> Reply:
    """A digest that begins with what else its reader is told (`said`); `told` is what that was about. The digest has
    buttons of its own for its late unions and requests; only those of another post of the same person are decided
    elsewhere."""
    requests = f"menu:giahan@{told['post']}"
    mine = (Choice(requests, phrases.say("escalation-requests-of", code=told["union"], count=len(told["asked"]))),)
    own = mine if told["asked"] and all(each.id != requests for each in digest.choices) else ()
    return replace(digest, text=f"{said}\n\n{digest.text}", choices=(*own, *digest.choices))


def in_words(heard: Heard, scene: Scene) -> Reply:
    """The letter to one member of the staff."""
    say = scene.phrases.say
    parts = [say("escalation-head", count=len(heard.late)), *_groups(heard, scene)] if heard.late else []
    if heard.asked:
        parts.append(say("escalation-requests", count=_asking(heard)))
    choices = (Choice("menu:giahan", say("escalation-open")), Choice("menu:digest", say("menu-digest")))
    return Reply("\n\n".join(parts), choices)


def _groups(heard: Heard, scene: Scene) -> Iterator[str]:
    """A list for each report, period and due day, the latest first."""

    def what(late: Escalation) -> tuple[int, date, str, str]:
        return -late.days_late, late.owed.due, late.owed.obligation, late.owed.period.code

    for (days, due, obligation, _), group in groupby(sorted(heard.late, key=what), key=what):
        each = sorted(group, key=lambda late: late.owed.union)
        head = scene.phrases.say(
            "escalation-group",
            title=scene.rules[obligation].title,
            period=period_name(each[0].owed.period, scene.phrases),
            due=due,
            days=-days,
        )
        lines = [_line(late, scene) for late in each[:MOST_NAMED]]
        more = [scene.phrases.say("digest-more", count=len(each) - MOST_NAMED)] if len(each) > MOST_NAMED else []
        yield "\n".join([head, *lines, *more])


def _line(late: Escalation, scene: Scene) -> str:
    say, union = scene.phrases.say, scene.tree[late.owed.union]
    officer = scene.holders.responsible(union)
    note = ""
    if late.rung.tells == "senior":
        nearest = scene.holders.staff_above(union.code, scene.tree)[0][0]
        note += say("escalation-senior", above=scene.tree[nearest.union].name)
    if officer is None or not officer.reachable:
        reason = "digest-no-officer" if officer is None else "digest-blocked"
        note += f" ({say(reason)})"
    if (late.owed.obligation, union.code, late.owed.period.code) in scene.asked:
        note += say("escalation-asked")
    return say("escalation-line", code=union.code, union=union.name, note=note)
