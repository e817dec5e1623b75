"""`/nghiavu`: what documents ask to be reported is proposed to staff, who complete and confirm it; change it, end it.

Nothing is chased that nobody confirmed.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from db import ReportRule, audit, report_rules
from handlers import Choice, Reply
from handlers.conversation import Conversation, Desk, Turn
from handlers.months import period_name
from handlers.obligation_reading import proposal, proposals
from handlers.obligation_words import TYPED, in_words, levels_below, missing, neighbours, question, rule_of
from handlers.staff_scope import below, union_list
from handlers.standing import first_due
from handlers.typed_days import typed_cut_offs
from scheduler.report_calendar import parse_period

SUBJECT = "obligation"
LONGEST_TITLE = 200
MOST_SHOWN = 8
MOST_WORKING_DAYS = 60

Data = dict[str, Any]


def open_now(desk: Desk, conversation: Conversation, _: str = "") -> Turn:
    """What is confirmed in the subtree, and what the documents propose."""
    say = desk.phrases.say
    mine = [rule for rule in report_rules.rules(desk.connection) if rule.scope in below(desk)]
    proposed = proposals(desk)
    parts, choices = [], []
    if mine:
        parts.append(say("obligation-confirmed", lines="\n".join(in_words(rule, desk.phrases) for rule in mine)))
        choices += [Choice(f"obligation:rule:{rule.id}", _short(rule.title)) for rule in mine[:MOST_SHOWN]]
    if proposed:
        parts.append(say("obligation-proposed", count=len(proposed)))
        for each in proposed[:MOST_SHOWN]:
            parts.append(each.clause)
            choices.append(Choice(f"obligation:see:{each.token}", _short(f"{each.document} {each.obligation.section}")))
    choices.append(Choice("obligation:new", say("obligation-new")))
    text = "\n\n".join(parts) or say("obligation-nothing")
    return Turn((Reply(text, tuple(choices)),), conversation)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice of the pages, or the answer to a question."""
    step = ACTIONS.get(action)
    turn = step(desk, conversation, words) if step else None
    return turn or Turn((Reply(desk.phrases.say("old-button")),), conversation)


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """An answer that was typed; `None` where it is none."""
    data = _data(conversation)
    step = missing(data)
    value = _typed_value(step, text) if step in TYPED else None
    if step is None or value is None:
        return None
    return _next(desk, conversation, {**data, step: value})


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """What was typed is no answer."""
    step = missing(_data(conversation))
    phrase = f"obligation-problem-{step.replace('_', '-')}" if step in TYPED and step else "obligation-problem"
    return Turn((Reply(desk.phrases.say(phrase)), again(desk, conversation)), conversation)


def again(desk: Desk, conversation: Conversation) -> Reply:
    """The question that waits, or the whole obligation to be confirmed."""
    data = _data(conversation)
    step = missing(data)
    return question(desk, data, step) if step else _confirm_page(desk, data)


def takes_text(conversation: Conversation) -> bool:
    """Whether any text is an answer: a title is."""
    return missing(_data(conversation)) == "title"


def _data(conversation: Conversation) -> Data:
    waits = conversation.wait is not None and conversation.wait.subject == SUBJECT
    return dict(conversation.wait.data) if waits and conversation.wait else {}


def _typed_value(step: str | None, text: str) -> Any:
    if step == "title":
        return " ".join(text.split())[:LONGEST_TITLE] or None
    if step == "cut_offs":
        return [list(each) for each in typed_cut_offs(text)] or None
    return _due_value(text)


def _due_value(text: str) -> list[int | None] | None:
    """`3` or `3 ngày`: so many working days; `ngày 20`: a day of the month; `20/6`: a day of the year."""
    if days := typed_cut_offs(text):
        return [days[0][1], days[0][0]] if len(days) == 1 else None
    number = re.search(r"\d{1,2}", text)
    if number is None:
        return None
    named = re.search(r"ng[àa]y\s*$", text[: number.start()], re.IGNORECASE)
    value = int(number[0])
    if named:
        return [value, None] if 1 <= value <= 31 else None
    return [value] if value <= MOST_WORKING_DAYS else None


def _next(desk: Desk, conversation: Conversation, data: Data) -> Turn:
    waiting = conversation.put_off() if not _data(conversation) else conversation
    waiting = waiting.waiting_for(SUBJECT, data)
    return Turn((again(desk, waiting),), waiting)


def _see(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """A proposal of a document was chosen."""
    found = proposal(desk, words[0]) if words else None
    if found is None:
        return None
    title = desk.phrases.say("obligation-title", document=found.document)
    data: Data = {"title": title, "clause": found.clause, "source": found.source, "cycles": list(found.cycles)}
    return _next(desk, conversation.at_rest(), _with_only_level(desk, data))


def _new(desk: Desk, conversation: Conversation, _: tuple[str, ...]) -> Turn | None:
    """An obligation that no document here states."""
    return _next(desk, conversation.at_rest(), _with_only_level(desk, {"clause": None}))


def _with_only_level(desk: Desk, data: Data) -> Data:
    """Staff with one level below them are not asked which one is meant."""
    levels = levels_below(desk)
    return {**data, "level": levels[0]} if len(levels) == 1 and "source" not in data else data


def _set(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """A button answered the question that waits."""
    data = _data(conversation)
    if len(words) != 2 or not data or missing(data) != words[0]:
        return None
    step, value = words
    allowed = {choice.id for choice in question(desk, data, step).choices}
    if f"obligation:set:{step}:{value}" not in allowed:
        return None
    return _next(desk, conversation, {**data, step: _tapped_value(desk, data, step, value)})


def _tapped_value(desk: Desk, data: Data, step: str, value: str) -> Any:
    if step == "due":
        kind, _, number = value.partition("-")
        return [int(number)] if kind == "after" else [int(number), None]
    if step == "since":
        rule = rule_of(data, "", desk.union.code, desk.today)
        return parse_period(rule.profile, rule.cycle, value, rule.cut_offs).first.isoformat()
    return value


def _confirm_page(desk: Desk, data: Data) -> Reply:
    """Everything once more, with the first due day and how many unions it concerns."""
    rule = rule_of(data, data.get("rule", ""), data.get("scope", desk.union.code), desk.today)
    first = next(each for each in neighbours(rule, max(rule.since, desk.today)) if each.last >= rule.since)
    say = desk.phrases.say
    text = say(
        "obligation-confirm",
        rule=in_words(rule, desk.phrases),
        count=sum(union.level == rule.level for union in union_list(desk)),
        period=period_name(first, desk.phrases),
        due=first_due(rule, first, desk.timetable),
    )
    choices = [Choice("obligation:yes", say("obligation-yes")), Choice("obligation:title", say("obligation-rename"))]
    return Reply(text, (*choices, Choice("obligation:no", say("obligation-no"))))


def _yes(desk: Desk, conversation: Conversation, _: tuple[str, ...]) -> Turn | None:
    """Confirmed: from now on it is chased."""
    data = _data(conversation)
    if not data or missing(data) is not None:
        return None
    known = _rule(desk, data["rule"]) if data.get("rule") else None
    if data.get("rule") and known is None:
        return None
    name = known.id if known else report_rules.next_name(desk.connection)
    rule = rule_of(data, name, known.scope if known else desk.union.code, desk.today)
    report_rules.keep(desk.connection, rule, data.get("source"), desk.officer.id, desk.now)
    action = "obligation-changed" if known else "obligation-confirmed"
    audit.note(desk.connection, desk.officer.id, action, rule.scope, {"rule": rule.id}, desk.now)
    said = desk.phrases.say("obligation-done", title=rule.title)
    return Turn((Reply(said),), conversation.at_rest())


def _title(desk: Desk, conversation: Conversation, _: tuple[str, ...]) -> Turn | None:
    data = _data(conversation)
    if not data or missing(data) is not None:
        return None
    return _next(desk, conversation, {key: value for key, value in data.items() if key != "title"})


def _no(desk: Desk, conversation: Conversation, _: tuple[str, ...]) -> Turn | None:
    if not _data(conversation):
        return None
    return Turn((Reply(desk.phrases.say("cancelled")),), conversation.at_rest())


def _rule(desk: Desk, name: str) -> ReportRule | None:
    """A confirmed obligation of the subtree."""
    found = report_rules.rule(desk.connection, name)
    return found if found and found.scope in below(desk) else None


def _page(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """One obligation, with what can be done about it."""
    rule = _rule(desk, words[0]) if words else None
    if rule is None:
        return None
    actions = ("due", "rhythm", "end") if rule.until is None else ()
    choices = tuple(
        Choice(f"obligation:{action}:{rule.id}", desk.phrases.say(f"obligation-do-{action}")) for action in actions
    )
    return Turn((Reply(in_words(rule, desk.phrases), choices),), conversation)


def _change(*steps: str) -> Callable[[Desk, Conversation, tuple[str, ...]], Turn | None]:
    """Ask again for some of what is known of an obligation."""

    def changed(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
        rule = _rule(desk, words[0]) if words else None
        if rule is None or rule.until is not None:
            return None
        known = {key: value for key, value in _known(rule).items() if key not in steps}
        return _next(desk, conversation.at_rest(), known)

    return changed


def _known(rule: ReportRule) -> Data:
    """A rule as an obligation in the making, complete."""
    data: Data = {
        "rule": rule.id,
        "scope": rule.scope,
        "title": rule.title,
        "clause": rule.clause,
        "level": rule.level,
        "cycle": rule.cycle,
        "due": [rule.by.day, rule.by.month] if rule.by else [rule.working_days],
        "since": rule.since.isoformat(),
    }
    if rule.profile == "custom":
        return {**data, "cut_offs": [list(each) for each in rule.cut_offs]}
    return {**data, "profile": rule.profile}


def _end(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """Ask once more before an obligation ends."""
    rule = _rule(desk, words[0]) if words else None
    if rule is None or rule.until is not None:
        return None
    say = desk.phrases.say
    choices = (
        Choice(f"obligation:stop:{rule.id}", say("obligation-end-yes")),
        Choice(f"obligation:rule:{rule.id}", say("obligation-end-no")),
    )
    return Turn((Reply(say("obligation-end-sure", title=rule.title), choices, keys="words"),), conversation)


def _stop(desk: Desk, conversation: Conversation, words: tuple[str, ...]) -> Turn | None:
    """The obligation ends today: a period that ends later is not owed."""
    rule = _rule(desk, words[0]) if words else None
    if rule is None or rule.until is not None:
        return None
    report_rules.end(desk.connection, rule.id, desk.today)
    audit.note(desk.connection, desk.officer.id, "obligation-ended", rule.scope, {"rule": rule.id}, desk.now)
    ended = replace(rule, until=desk.today)
    return Turn((Reply(desk.phrases.say("obligation-ended", title=ended.title, until=desk.today)),), conversation)


ACTIONS: dict[str, Callable[[Desk, Conversation, tuple[str, ...]], Turn | None]] = {
    "see": _see,
    "new": _new,
    "set": _set,
    "yes": _yes,
    "no": _no,
    "title": _title,
    "rule": _page,
    "due": _change("due"),
    "rhythm": _change("cycle", "profile", "cut_offs", "due", "since"),
    "end": _end,
    "stop": _stop,
}
