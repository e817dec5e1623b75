"""What staff read of their digest and leaf through: the digest itself, the whole list, whom to remind or exempt."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers import Choice, Reply
from handlers import digest_words as words
from handlers import rollup_words as rollup
from handlers.digest_state import LOST, Late, Snapshot, State, state_of
from handlers.exempting_pages import mark
from handlers.months import period_name
from handlers.phrasebook import Phrases
from handlers.rollup import RollUp, has_levels, roll_up
from knowledge import Union

SUBJECT = "digest"

PAGE = 8
"""So many unions to choose from fit a phone."""

MOST_BRANCHES = 6
"""So many branches have a button of their own; the others are in the list and the workbook."""

PICKED = {"nudge": f"{SUBJECT}:nudge", "more": "exempt:days", "paper": "exempt:of"}
"""What is to be done with a union that was chosen, and the choice that does it; what nobody can take back is chosen
once more on the page of the report."""


def digest_of(known: Snapshot, union: Union, state: State, since: datetime, phrases: Phrases) -> Reply:
    """The digest for the staff of `union`, whose state this is: names, or counts by branch where further staff stand
    below."""
    if not has_levels(known, union.code):
        choices = tuple(_choices(state, "", phrases))
        return words.in_words(union, state, known.titles, known.today, since, phrases, choices)
    found = rolled_up(known, union, state)
    choices = (*_branches(found, phrases), *_all(state, "", phrases), *_waiting(state, phrases))
    return rollup.in_words(union, found, state, known.today, since, phrases, choices)


def rolled_up(known: Snapshot, union: Union, state: State) -> RollUp:
    """The roll-up of a federation whose state is this."""
    return roll_up(known, union.code, {each.union.code for each in state.late})


def branch_page(known: Snapshot, reader: str, branch: Union, since: datetime, phrases: Phrases) -> Reply:
    """One part of a federation by name, for the staff of `reader`."""
    state = state_of(known, reader, since, branch.code)
    choices = tuple(_choices(state, mark(branch.code), phrases))
    return words.in_words(branch, state, known.titles, known.today, since, phrases, choices)


def _choices(state: State, scope: str, phrases: Phrases) -> Iterator[Choice]:
    """What can be done about those who are named; `scope` is the sign of the branch, empty for all."""
    if state.late:
        modes = ("nudge", "more", "paper") if _reached(state) else ("more", "paper")
        for mode in modes:
            yield Choice(_with(f"{SUBJECT}:pick:{mode}:0", scope), phrases.say(f"digest-button-{mode}"))
    yield from _all(state, scope, phrases)
    yield from _waiting(state, phrases)


def _all(state: State, scope: str, phrases: Phrases) -> Iterator[Choice]:
    if state.late or state.silent or state.unreachable or state.away:
        yield Choice(_with(f"{SUBJECT}:list:0", scope), phrases.say("digest-button-list"))
        yield Choice(_with(f"{SUBJECT}:sheet", scope), phrases.say("digest-button-sheet"))


def _waiting(state: State, phrases: Phrases) -> Iterator[Choice]:
    """To what waits for the reader."""
    if state.waiting:
        yield Choice("menu:duyetbaocao", phrases.say("menu-duyetbaocao"))
    if state.requests:
        yield Choice("menu:giahan", phrases.say("digest-button-requests", count=len(state.requests)))
    if state.questions:
        yield Choice("menu:cauhoi", phrases.say("menu-cauhoi"))


def _branches(found: RollUp, phrases: Phrases) -> Iterator[Choice]:
    """To the names of a branch."""
    for branch in [each for each in found.branches if each.union][:MOST_BRANCHES]:
        assert branch.union is not None
        label = phrases.say("digest-button-branch", code=branch.union.code, late=branch.late)
        yield Choice(f"{SUBJECT}:of:{mark(branch.union.code)}", label)


def _with(choice: str, scope: str) -> str:
    return f"{choice}:{scope}" if scope else choice


def _reached(state: State) -> tuple[Late, ...]:
    """The late ones to whom a reminder would come through."""
    return tuple(each for each in state.late if each.why not in LOST)


def list_page(known: Snapshot, state: State, page: int, scope: str, phrases: Phrases) -> Reply:
    """The whole list, a page of it."""
    made = words.pages(words.sections(state, known.titles, phrases), phrases)
    if not made:
        return Reply(phrases.say("digest-nothing-listed"))
    page = min(page, len(made) - 1)
    text = made[page]
    if len(made) > 1:
        text = phrases.say("digest-page", lines=text, page=page + 1, pages=len(made))
    choices = [Choice(_with(f"{SUBJECT}:sheet", scope), phrases.say("digest-button-sheet"))]
    if page + 1 < len(made):
        further = Choice(_with(f"{SUBJECT}:list:{page + 1}", scope), phrases.say("digest-button-next"))
        choices.insert(0, further)
    return Reply(text, tuple(choices))


def pick_page(state: State, mode: str, page: int, scope: str, phrases: Phrases) -> Reply:
    """The late ones as buttons, one tap from what is to be done with them; to be reminded also all of a report."""
    late = _reached(state) if mode == "nudge" else state.late
    if not late:
        return Reply(phrases.say("digest-nothing-listed"))
    page = min(page, (len(late) - 1) // PAGE)
    shown = late[page * PAGE : (page + 1) * PAGE]
    choices = list(_together(late, scope, phrases)) if mode == "nudge" and page == 0 else []
    choices += [Choice(f"{PICKED[mode]}:{_report(each)}", _label(each, phrases)) for each in shown]
    if (page + 1) * PAGE < len(late):
        further = f"{SUBJECT}:pick:{mode}:{page + 1}"
        choices.append(Choice(_with(further, scope), phrases.say("digest-button-next")))
    return Reply(phrases.say(f"digest-pick-{mode}"), tuple(choices))


def _together(late: Sequence[Late], scope: str, phrases: Phrases) -> Iterator[Choice]:
    """A button for all who are late with the same report."""
    reports = {(each.owed.obligation, each.owed.period) for each in late}
    for rule, period in sorted(reports, key=lambda each: (each[1].last, each[0])):
        count = sum((each.owed.obligation, each.owed.period) == (rule, period) for each in late)
        if count > 1:
            label = phrases.say("digest-button-all", count=count, period=period_name(period, phrases))
            yield Choice(_with(f"{SUBJECT}:all:{rule}:{period.code}", scope), label)


def _report(late: Late) -> str:
    return f"{mark(late.union.code)}:{late.owed.obligation}:{late.owed.period.code}"


def _label(late: Late, phrases: Phrases) -> str:
    name, period = words.short(late.union.name, 40), period_name(late.owed.period, phrases)
    return phrases.say("digest-button-one", code=late.union.code, union=name, period=period)
