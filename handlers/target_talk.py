"""What is said while a target is given: the next question, the list of unions, the confirmation, what a file holds."""

from collections.abc import Mapping, Sequence

from db import AssignedTarget
from handlers import Choice, Reply
from handlers.assigning import Assignment, target_line
from handlers.indicator_names import counted_monthly
from handlers.phrasebook import Phrases
from handlers.progress_words import counted, indicator_name
from handlers.spreadsheets import in_words
from handlers.target_lines import Draft
from handlers.target_sheet import Plan
from knowledge import Union

PAGE = 8
"""More buttons than this do not fit a phone."""

MOST_FAULTS = 15


def ask(draft: Draft, candidates: Mapping[str, Union], year: int, phrases: Phrases) -> Reply:
    """The next question about a target that is being said; `year` is the running one."""
    if draft.union is None:
        return which_union(tuple(candidates.values()), 0, phrases)
    union = candidates[draft.union].name
    if draft.indicator is None:
        keys = draft.maybe[:PAGE] or counted_monthly()
        choices = [Choice(f"targets:i:{key}", indicator_name(key, phrases)) for key in keys]
        return Reply(phrases.say("target-which-indicator", union=union), (*choices, _stop(phrases)))
    named = indicator_name(draft.indicator, phrases)
    if draft.year is None:
        years = [Choice(f"targets:y:{each}", str(each)) for each in (year, year + 1)]
        return Reply(
            phrases.say("target-which-year", union=union, indicator=named), (*years, _stop(phrases)), keys="letters"
        )
    text = phrases.say("target-which-figure", union=union, indicator=named, year=str(draft.year))
    return Reply(text, (_stop(phrases),), keys="letters")


def _stop(phrases: Phrases) -> Choice:
    return Choice("targets:no", phrases.say("target-cancel"))


def which_union(listed: Sequence[Union], page: int, phrases: Phrases) -> Reply:
    """The unions to choose from, a page at a time; a name may be typed instead."""
    pages = max(1, -(-len(listed) // PAGE))
    page = min(page, pages - 1)
    shown = listed[page * PAGE : (page + 1) * PAGE]
    choices = [Choice(f"targets:u:{union.code}", f"{union.code} · {union.name}") for union in shown]
    if page + 1 < pages:
        choices.append(Choice(f"targets:page:{page + 1}", phrases.say("target-more")))
    choices += [Choice("targets:template", phrases.say("target-template")), _stop(phrases)]
    return Reply(phrases.say("target-which-union", page=page + 1, pages=pages), tuple(choices), keys="letters")


def found_unions(listed: Sequence[Union], phrases: Phrases) -> Reply:
    """The unions that a typed name may mean."""
    choices = [Choice(f"targets:u:{union.code}", f"{union.code} · {union.name}") for union in listed[:PAGE]]
    return Reply(phrases.say("target-which-of-these"), tuple(choices), keys="letters")


def confirm(wanted: Assignment, known: AssignedTarget | None, union: Union, phrases: Phrases) -> Reply:
    """The target as it will be given, with the one that it replaces."""
    line = target_line(wanted.indicator, str(wanted.year), wanted.value, wanted.unit, phrases)
    text = phrases.say("target-confirm", union=union.name, line=line)
    if known is not None:
        was = counted(known.value, known.unit, phrases)
        text += "\n" + phrases.say("target-before", figure=was, day=known.assigned_at.date())
    return Reply(text, (Choice("targets:yes", phrases.say("target-yes")), _stop(phrases)))


def given(made: Sequence[AssignedTarget], union: Union, told: int, phrases: Phrases) -> Reply:
    """That one target was given, and what can be done next."""
    target = made[0]
    line = target_line(target.indicator, target.period, target.value, target.unit, phrases)
    text = phrases.say("target-given", union=union.name, line=line, told=told)
    choices = (
        Choice("menu:giaochitieu", phrases.say("target-another")),
        Choice(f"targets:back:{target.id}", phrases.say("target-withdraw")),
        Choice("menu:tiendo", phrases.say("target-see-progress")),
    )
    return Reply(text, choices)


def preview(name: str, plan: Plan, new: int, changed: int, number: int, phrases: Phrases) -> Reply:
    """What a file would do, or every mistake in it; `number` is under which the file is kept."""
    if plan.faults:
        lines = [phrases.say("target-fault", fault=in_words(fault, phrases)) for fault in plan.faults[:MOST_FAULTS]]
        more = len(plan.faults) - MOST_FAULTS
        if more > 0:
            lines.append(phrases.say("target-more-faults", count=more))
        text = phrases.say("target-file-faults", file=name, count=len(plan.faults), lines="\n".join(lines))
        return Reply(text)
    same = len(plan.wanted) - new - changed
    if not new + changed:
        return Reply(phrases.say("target-file-nothing", file=name, same=same))
    text = phrases.say("target-file", file=name, new=new, changed=changed, same=same, blank=plan.blank)
    choices = (
        Choice(f"targets:all:{number}", phrases.say("target-file-yes", count=new + changed)),
        _stop(phrases),
    )
    return Reply(text, choices)
