"""What is shown of progress: one union with its sources, or a subtree as a table with a picture."""

from collections.abc import Collection, Sequence

from db import figures
from handlers import Attachment, Choice, Reply
from handlers.branches import branches
from handlers.conversation import Desk
from handlers.goals import Goal
from handlers.indicator_names import counted_monthly
from handlers.months import month_name
from handlers.phrasebook import Phrases
from handlers.pictures import MOST_BARS
from handlers.progress_figures import progress_of
from handlers.progress_measures import Progress, is_reached, measure, together
from handlers.progress_table import ROWS, Standing, in_words, own_picture, pages_of, picture, sheet, standings
from handlers.progress_words import as_of, counted, indicator_name, line, source
from handlers.spreadsheets import XLSX_TYPE
from knowledge import Union
from knowledge.indicators import indicators

MOST_INDICATORS = 5
MOST_BEHIND = 5


def of_union(desk: Desk, union: Union, year: int, phrases: Phrases, only: Collection[str] = ()) -> Reply:
    """The progress of one union, each target with where it comes from; `only` these indicators, all by default."""
    each = progress_of(desk.connection, desk.library, (union.code,), year, desk.today).get(union.code, ())
    asked = tuple(progress for progress in each if not only or progress.goal.indicator in only)
    if not asked:
        return _without_target(desk, union, year, phrases, only)
    lines = [_with_source(desk, progress, phrases) for progress in asked if _is_shown(progress, only)]
    last = max((progress.as_of for progress in asked if progress.as_of), default=None)
    parts = []
    if lines:
        month = as_of(last, phrases)
        said = phrases.say("progress-own", union=union.name, year=str(year), month=month, lines="\n".join(lines))
        parts.append(said)
    hidden = len(asked) - len(lines)
    if hidden:
        parts.append(phrases.say("progress-unmeasured", count=hidden))
    cited = tuple(progress.goal.source for progress in asked if _is_shown(progress, only) and progress.goal.source)
    drawn = any(progress.measurable and progress.done is not None for progress in asked)
    choices = (Choice(f"progress:draw:{union.code}:{year}", phrases.say("progress-see-picture")),) if drawn else ()
    if not drawn and desk.officer.role == "officer" and any(progress.measurable for progress in asked):
        choices = (Choice("menu:checkin", phrases.say("menu-checkin")),)
    return Reply("\n".join(parts), choices, citations=tuple(dict.fromkeys(cited)))


def _is_shown(progress: Progress, only: Collection[str]) -> bool:
    """Whether a target has a line: what the figures measure, what staff assigned, what was asked for by name."""
    return progress.measurable or progress.goal.source is None or bool(only)


def _with_source(desk: Desk, progress: Progress, phrases: Phrases) -> str:
    origin = source(desk.connection, progress.goal, desk.today, phrases)
    return phrases.say("progress-own-source", line=line(progress, phrases), source=origin)


def _without_target(desk: Desk, union: Union, year: int, phrases: Phrases, only: Collection[str]) -> Reply:
    """That there is no target, and what was sent all the same."""
    named = ", ".join(indicator_name(key, phrases) for key in only)
    parts = [
        phrases.say("progress-no-target-of", indicator=named, union=union.name, year=str(year))
        if only
        else phrases.say("progress-no-target", union=union.name, year=str(year))
    ]
    sent = [one for one in done_so_far(desk, union, year) if not only or one.goal.indicator in only]
    if sent:
        lines = [_sent(progress, phrases) for progress in sent]
        month = month_name(max(progress.as_of for progress in sent if progress.as_of), phrases)
        parts.append(phrases.say("progress-so-far", year=str(year), month=month, lines="\n".join(lines)))
    parts.append(phrases.say("progress-ask-above"))
    return Reply("\n".join(parts))


def _sent(progress: Progress, phrases: Phrases) -> str:
    assert progress.done is not None
    figure = counted(float(progress.done), progress.goal.unit, phrases)
    return phrases.say(
        "progress-so-far-line", indicator=indicator_name(progress.goal.indicator, phrases), figure=figure
    )


def done_so_far(desk: Desk, union: Union, year: int) -> list[Progress]:
    """What the figures of a union (and of those below it) say of every indicator, whether or not it has a target."""
    below = branches(desk.connection, (union.code,), desk.today).below[union.code]
    told = figures.of_year(desk.connection, year, below)
    found = []
    for key in counted_monthly():
        # Any goal will do to add up what was done.
        goal = Goal(union.code, key, year, 1, indicators()[key].unit)
        each = [measure(goal, months, desk.today) for _, months in sorted(told.items())]
        found.append(each[0] if len(each) == 1 else together(goal, each, desk.today))
    return [progress for progress in found if progress.done is not None]


def table(desk: Desk, union: Union, year: int, wanted: tuple[str, str] | None, page: int) -> tuple[Reply, ...]:
    """The table of a subtree for one indicator (`wanted`: its key and unit), on its first page after a picture."""
    phrases = desk.phrases
    listed = standings(desk.connection, desk.library, union, year, desk.today)
    if not listed:
        return (Reply(phrases.say("progress-none-below", union=union.name, year=str(year))),)
    named = (each for each in listed if (each.indicator, each.unit) == wanted)
    standing = next(named, None) or listed[0]
    get_sheet = Choice(f"progress:x:{year}", phrases.say("progress-get-sheet"))
    if not any(_measured(each) for each in listed):
        return (Reply(phrases.say("progress-not-measured-below", year=str(year)), (get_sheet,)),)
    page = min(page, pages_of(standing) - 1)
    choices = [*_pages(standing, page, phrases), get_sheet, *_others(listed, standing, phrases)]
    words = Reply(in_words(standing, page, union, _origin(desk, standing, phrases), phrases), tuple(choices))
    if page or not standing.rows or not _measured(standing):
        return (words,)
    drawn = Attachment(phrases.say("progress-picture-file"), "image/png", picture(standing, union, phrases))
    return Reply("", file=drawn), words


def of_subtree(desk: Desk, union: Union, year: int, phrases: Phrases, only: Collection[str] = ()) -> Reply:
    """How a federation as a whole stands, with those furthest behind; `only` these indicators, all by default."""
    listed = standings(desk.connection, desk.library, union, year, desk.today)
    asked = [each for each in listed if _measured(each) and (not only or each.indicator in only)]
    if not asked:
        return of_union(desk, union, year, phrases, only)
    lines = [words for each in asked[:MOST_INDICATORS] for words in _whole(desk, each, phrases)]
    last = max((month for each in asked if (month := each.months[1])), default=None)
    month = as_of(last, phrases)
    text = phrases.say("progress-own", union=union.name, year=str(year), month=month, lines="\n".join(lines))
    wholes = [each.whole for each in asked if each.whole is not None]
    cited = tuple(dict.fromkeys(whole.goal.source for whole in wholes if whole.goal.source))
    each = (Choice(f"progress:u:{union.code}:{year}", phrases.say("progress-see-all")),)
    return Reply(text, each, citations=cited)


def _whole(desk: Desk, standing: Standing, phrases: Phrases) -> list[str]:
    """A federation's progress on one indicator, where the target comes from, and the unions furthest behind."""
    lines = []
    if standing.whole is not None:
        lines.append(line(standing.whole, phrases) + _origin(desk, standing, phrases))
    behind = [union.code for union, progress in standing.rows if not is_reached(progress)]
    if behind:
        name = indicator_name(standing.indicator, phrases)
        phrase = "progress-behind" if lines else "progress-behind-of"
        lines.append(phrases.say(phrase, indicator=name, count=len(behind), unions=", ".join(behind[:MOST_BEHIND])))
    return lines


def _measured(standing: Standing) -> bool:
    each = [progress for _, progress in standing.rows] + ([standing.whole] if standing.whole else [])
    return any(progress.measurable for progress in each)


def _pages(standing: Standing, page: int, phrases: Phrases) -> list[Choice]:
    if (page + 1) * ROWS >= len(standing.rows):
        return []
    return [Choice(_table_choice(standing, page + 1), phrases.say("progress-next-page"))]


def _others(listed: Sequence[Standing], shown: Standing, phrases: Phrases) -> list[Choice]:
    """The other indicators that can be measured."""
    others = [each for each in listed if each is not shown and _measured(each)][:MOST_INDICATORS]
    return [Choice(_table_choice(each, 0), indicator_name(each.indicator, phrases)) for each in others]


def _table_choice(standing: Standing, page: int) -> str:
    return f"progress:t:{standing.indicator}:{standing.unit}:{standing.year}:{page}"


def _origin(desk: Desk, standing: Standing, phrases: Phrases) -> str:
    if standing.whole is None:
        return ""
    if not standing.own:
        return phrases.say("progress-table-sum")
    return phrases.say(
        "progress-table-origin", source=source(desk.connection, standing.whole.goal, desk.today, phrases)
    )


def drawn(desk: Desk, union: Union, year: int) -> Reply | None:
    """A picture of one union's targets; `None` where nothing can be drawn."""
    each = progress_of(desk.connection, desk.library, (union.code,), year, desk.today).get(union.code, ())
    told = [progress for progress in each if progress.measurable][:MOST_BARS]
    if not told:
        return None
    content = own_picture(union, year, told, desk.phrases)
    return Reply("", file=Attachment(desk.phrases.say("progress-picture-file"), "image/png", content))


def workbook_of(desk: Desk, union: Union, year: int) -> Reply:
    """All targets of a subtree as a workbook."""
    listed = standings(desk.connection, desk.library, union, year, desk.today)
    content = sheet(desk.connection, listed, union, desk.today, desk.phrases)
    said = desk.phrases.say("progress-sheet-sent", union=union.name, year=str(year))
    return Reply(said, file=Attachment(desk.phrases.say("progress-sheet-file"), XLSX_TYPE, content))
