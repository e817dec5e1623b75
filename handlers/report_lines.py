"""The lines of a report: what its draft says, what the officer made of them, and how they are kept."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from typing import Any, Literal

from handlers.drafting import Change, Told, change, figure_of, tidy
from handlers.form_talk import written
from handlers.forms import Field
from handlers.months import month_name
from handlers.phrasebook import Phrases
from handlers.progress_measures import Progress
from handlers.progress_words import counted, indicator_name, state
from knowledge.numbers import read_count, read_percent

Part = Literal["results", "goals", "difficulties", "proposals"]
PARTS: tuple[Part, ...] = ("results", "goals", "difficulties", "proposals")

IN_THE_MONTH = re.compile(r"\s+(?:trong tháng|this month)$", re.IGNORECASE)
"""What a monthly form adds to the name of a figure, and a report over several months leaves out."""


@dataclass(frozen=True)
class Line:
    """A line of a report: its words, and where it has one the figure in them (a number, or the key of an option).

    `sources` are the numbers of the check-ins it was made of; `was` are the words before somebody edited it.
    """

    key: str
    part: Part
    label: str
    text: str
    figure: float | str | None = None
    percent: bool = False
    sources: tuple[str, ...] = ()
    was: str = ""


def label_of(field: Field, phrases: Phrases) -> str:
    """What a figure of the monthly form is called in a report."""
    return IN_THE_MONTH.sub("", field.label.said_in(phrases.language))


def figure_line(now: Told, before: Told | None, sources: Mapping[str, str], phrases: Phrases) -> Line | None:
    """The line of one field of the monthly form; `None` for a text or a file, or where there was nothing to choose."""
    field = now.field
    if field.type in ("text", "file") or (field.optional and now.value is None):
        return None
    label = label_of(field, phrases)
    numbers = tuple(sources[month] for month, _ in now.by_month)
    months = ", ".join(month_name(month, phrases) for month in now.missing)
    if now.value is None:
        text = phrases.say("report-line-unknown", label=label)
        return Line(f"f-{field.key}", "results", label, text, percent=field.type == "percent")
    text = phrases.say(
        "report-line-sum" if now.adds_up or field.type == "several" else "report-line-stock",
        label=label,
        value=written(field, now.value, phrases),
        month=month_name(now.as_of, phrases) if now.as_of else "",
        gap=phrases.say("report-gap", months=months) if months and now.adds_up else "",
        before=_compared(change(now, before), before, phrases) if before else "",
    )
    return Line(f"f-{field.key}", "results", label, text, figure_of(now), field.type == "percent", numbers)


def _compared(found: Change | None, before: Told, phrases: Phrases) -> str:
    if found is None:
        return ""
    figure = written(before.field, found.before, phrases)
    if found.by is None:
        return phrases.say("report-before", figure=figure, missing=len(before.missing))
    how = "up" if found.by > 0 else "down" if found.by < 0 else "same"
    return phrases.say("report-before-by", figure=figure, how=how, by=written(before.field, abs(found.by), phrases))


def goal_line(progress: Progress, sources: Sequence[str], phrases: Phrases) -> Line:
    """The line of one goal."""
    goal = progress.goal
    name = indicator_name(goal.indicator, phrases)
    target = counted(goal.value, goal.unit, phrases)
    said = state(progress, phrases) if progress.measurable else phrases.say("report-goal-open", target=target)
    text = phrases.say("report-line-typed", label=name, value=said)
    receipts = tuple(sources) if progress.done is not None else ()
    return Line(
        f"g-{blake2b(f'{goal.indicator}:{goal.unit}'.encode(), digest_size=4).hexdigest()}",
        "goals",
        name,
        text,
        sources=receipts,
    )


def word_lines(now: Told, sources: Mapping[str, str], phrases: Phrases) -> tuple[Line, ...]:
    """What officers wrote in a text field, month by month, in their own words."""
    if now.field.type != "text":
        return ()
    return tuple(
        Line(
            f"t-{month}-{now.field.key}",
            "difficulties",
            month_name(month, phrases),
            phrases.say("report-line-words", month=_capital(month_name(month, phrases)), words=str(words).strip()),
            sources=(sources[month],),
        )
        for month, words in now.by_month
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def proposal_lines(added: Sequence[str]) -> tuple[Line, ...]:
    """What the officer proposes, in the order in which it was written."""
    return tuple(Line(f"p-{place}", "proposals", text, text) for place, text in enumerate(added) if text)


def edited(lines: Iterable[Line], edits: Mapping[str, str], phrases: Phrases) -> tuple[Line, ...]:
    """The lines after somebody typed others in their place (by key); an empty text takes a line away."""
    return tuple(_edit(line, edits[line.key], phrases) if line.key in edits else line for line in lines
                 if edits.get(line.key) != "")  # fmt: skip


def _edit(line: Line, typed: str, phrases: Phrases) -> Line:
    """A typed number takes the place of the figure; in a sentence the figure is known only where it ends in one."""
    if not line.key.startswith("f-"):
        return replace(line, text=typed, figure=None, was=line.text)
    head, _, tail = typed.rpartition(":")
    read = (read_percent if line.percent else read_count)(tail)
    plain = read is not None and read.how == "plain" and len(read.values) == 1 and not read.left
    number = tidy(read.values[0]) if read and plain else None
    if number is not None and not head:
        shown = str(phrases.write(number)) + ("%" if line.percent else "")
        typed = phrases.say("report-line-typed", label=line.label, value=shown)
    return replace(line, text=typed, figure=number, was=line.text)


def figures(lines: Iterable[Line]) -> dict[str, float | str]:
    """The figures of a report by the keys of the form's fields."""
    return {line.key[2:]: line.figure for line in lines if line.key.startswith("f-") and line.figure is not None}


def to_json(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines as a report keeps them."""
    return [asdict(line) for line in lines]


def from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The lines that `to_json` wrote."""
    return tuple(Line(**{**each, "sources": tuple(each["sources"])}) for each in data)


def in_parts(lines: Iterable[Line], year: int, phrases: Phrases) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The parts of a report with their headings and the words of their lines; what is empty says so or is left out."""
    listed = tuple(lines)
    parts: list[tuple[str, tuple[str, ...]]] = []
    for part in PARTS:
        texts = tuple(line.text for line in listed if line.part == part)
        if part in ("difficulties", "proposals") and not texts:
            texts = (phrases.say("report-nothing-to-say"),)
        if texts:
            roman = ("I", "II", "III", "IV")[len(parts)]
            parts.append((phrases.say(f"report-part-{part}", number=roman, year=str(year)), texts))
    return tuple(parts)


def in_words(lines: Iterable[Line], year: int, phrases: Phrases) -> str:
    """A report as it is read in a chat."""
    parts = in_parts(lines, year, phrases)
    listed = (phrases.say("report-item", text=text) for _, texts in parts for text in texts)
    return "\n".join("\n".join((heading, *(next(listed) for _ in texts))) for heading, texts in parts)
