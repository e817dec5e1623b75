"""A sent document in words: what it is, what it asks for, which rows can become targets and which cannot."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from handlers import Choice, ReadDocument
from handlers.allotted_rows import Allotment, Left
from handlers.assigning import Assignment
from handlers.phrasebook import Phrases
from handlers.progress_words import counted, indicator_name
from knowledge import Target, Union
from knowledge.inquiry import issuer_of, label, shortened
from knowledge.review import Row

PAGE = 6
"""Rows of a page, each with a button."""

MOST_SHOWN = 6
MOST_DOUBTFUL = 4
LONGEST = 150


def about(read: ReadDocument, phrases: Phrases) -> str:
    """What a document is, how much was read of it, what is doubtful, and the targets that it sets for everybody."""
    document = read.document
    own = sum(target.unit_name is not None for target in read.targets)
    sorts = Counter(row.sort for row in read.rows)
    lines = [
        phrases.say("intake-document", name=label(document), title=shortened(document.title, 200)),
        phrases.say(
            "intake-head",
            issuer=issuer_of(document) or phrases.say("intake-unknown"),
            day=document.issued_on or phrases.say("intake-unknown"),
        ),
        phrases.say("intake-counts", all=len(read.targets), own=own, duties=sorts["duty"], reports=sorts["report"]),
    ]
    return "\n".join((*lines, *_doubtful(read.rows, phrases), *_overall(read.targets, phrases)))


def _doubtful(rows: Sequence[Row], phrases: Phrases) -> list[str]:
    """What a person should look at; that a duty names nobody is usual and stands only in the count of all."""
    doubted = [row for row in rows if row.doubts and row.sort != "duty"]
    lines = [_doubtful_line(row, phrases) for row in doubted[:MOST_DOUBTFUL]]
    if len(doubted) > MOST_DOUBTFUL:
        lines.append(phrases.say("intake-more", count=len(doubted) - MOST_DOUBTFUL))
    return [phrases.say("intake-doubtful", count=len(doubted)), *lines] if lines else []


def _doubtful_line(row: Row, phrases: Phrases) -> str:
    doubts = ", ".join(phrases.say(f"intake-doubt-{doubt.replace('_', '-')}") for doubt in row.doubts)
    if row.sort == "head":
        return phrases.say("intake-doubtful-head", doubts=doubts)
    place = phrases.say("intake-doubtful-place", section=row.section) if row.section else ""
    return phrases.say("intake-doubtful-line", place=place, words=shortened(row.text, LONGEST), doubts=doubts)


def _overall(found: Sequence[Target], phrases: Phrases) -> list[str]:
    # A row of a table is no sentence: the sum of all unions, the years beside each other.
    sentences = (each.quote for each in found if each.unit_name is None and " | " not in each.quote)
    overall = tuple(dict.fromkeys(sentences))
    lines = [phrases.say("intake-target", words=shortened(quote, LONGEST)) for quote in overall[:MOST_SHOWN]]
    if len(overall) > MOST_SHOWN:
        lines.append(phrases.say("intake-more", count=len(overall) - MOST_SHOWN))
    return [phrases.say("intake-targets"), *lines] if lines else []


def rows_page(
    file: int,
    rows: Sequence[Assignment],
    out: Sequence[int],
    places: Iterable[int],
    names: Mapping[str, Union],
    phrases: Phrases,
) -> tuple[str, list[Choice]]:
    """Some of the rows, each with whether it is taken, and the buttons that change that."""
    lines, choices = [], []
    for place in places:
        row = rows[place]
        indicator = indicator_name(row.indicator, phrases)
        figure = counted(row.value, row.unit, phrases)
        union = names[row.union].name if row.union in names else row.union
        lines.append(
            phrases.say(
                "intake-row-out" if place in out else "intake-row",
                number=place + 1,
                union=union,
                indicator=indicator,
                year=str(row.year),
                figure=figure,
            )
        )
        said = "intake-take" if place in out else "intake-leave"
        choices.append(Choice(f"intake:row:{file}:{place}", phrases.say(said, number=place + 1, code=row.union)))
    head = phrases.say("intake-rows", count=len(rows), taken=len(rows) - len(out))
    return "\n".join([head, *lines]), choices


def nothing_to_give(given: Allotment, most: int, phrases: Phrases) -> str:
    """What cannot be assigned, and why; or that the document gives nothing to single unions."""
    if len(given.rows) > most:
        return phrases.say("intake-too-many", count=len(given.rows), most=most)
    if not given.left:
        return phrases.say("intake-no-rows")
    lines = _left(given.left, phrases)
    if len(lines) > MOST_SHOWN:
        lines[MOST_SHOWN:] = [phrases.say("intake-more", count=len(lines) - MOST_SHOWN)]
    return phrases.say("intake-left", count=len(given.left), lines="\n".join(lines))


def _left(left: Sequence[Left], phrases: Phrases) -> list[str]:
    """A line for each union and reason, with its figures."""
    together: dict[tuple[str, str], list[str]] = {}
    for each in left:
        figure = phrases.say("intake-left-figure", label=shortened(each.label, 60), figure=each.value_text)
        together.setdefault((each.unit_name, each.why), []).append(figure)
    return [
        phrases.say(
            "intake-left-line",
            union=union,
            figures=shortened("; ".join(figures), LONGEST),
            why=phrases.say(f"intake-why-{why}"),
        )
        for (union, why), figures in together.items()
    ]
