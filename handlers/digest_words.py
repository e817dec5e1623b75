"""A digest in words: the count that matters, then the names, the most urgent first, in one message."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from handlers import Choice, Reply
from handlers.digest_state import Late, State
from handlers.months import month_name, period_name
from handlers.phrasebook import Phrases
from knowledge import Union

ROOM = 1750
"""UTF-16 units of a digest with the words on its buttons: every channel carries that in one message, also when what
staff are told of late reports stands before it."""

MOST_NAMED = 15
"""More names of one sort than this do not fit a phone; the rest is counted."""

LONGEST_NAME = 60
LONGEST_TITLE = 100


@dataclass(frozen=True)
class Section:
    """What several unions have in common (`head`), a line for each or for the first of them, whose `codes` these are,
    and how many there are; `known` of them are only mentioned in the head."""

    head: str
    lines: tuple[str, ...]
    count: int
    codes: tuple[str, ...] = ()
    known: int = 0


def in_words(
    union: Union,
    state: State,
    titles: Mapping[str, str],
    today: date,
    since: datetime,
    phrases: Phrases,
    choices: tuple[Choice, ...] = (),
) -> Reply:
    """The digest for the staff of `union`; `titles` names the obligations, news is counted since the moment `since`."""
    head = phrases.say("digest-head", union=short(union.name), day=today, late=state.unions_late)
    listed = _named_once(sections(state, titles, phrases, MOST_NAMED), phrases)
    foot = list(footer(state, since, phrases))
    if not listed and not foot and not state.requests:
        foot.append(phrases.say("digest-all-well"))
    taken = units("\n\n".join((head, "\n".join(foot)))) + sum(units(choice.label) + 5 for choice in choices)
    parts = (head, *fitted(listed, ROOM - taken - 4, phrases), "\n".join(foot))
    return Reply("\n\n".join(part for part in parts if part), choices)


def sections(state: State, titles: Mapping[str, str], phrases: Phrases, most: int | None = None) -> tuple[Section, ...]:
    """All that is named, the most urgent first; at `most` so many lines each."""
    return (
        *_late(state.late, titles, phrases, most),
        *_unreachable(state, phrases, most),
        *_away(state, titles, phrases, most),
        *_silent(state, phrases, most),
    )


def _named_once(listed: Iterable[Section], phrases: Phrases) -> tuple[Section, ...]:
    """The sections with each union by name where it comes first; after that, where no more is said of it, by its code
    in the head."""
    named: dict[str, str] = {}
    made = []
    for section in listed:
        lines = list(zip(section.codes, section.lines, strict=True))
        fresh = [(code, line) for code, line in lines if not named.get(code, "").startswith(line)]
        known = [code for code, line in lines if (code, line) not in fresh]
        named |= dict(fresh)
        head = phrases.say("digest-known", head=section.head, codes=", ".join(known)) if known else section.head
        made.append(replace(section, head=head, lines=tuple(line for _, line in fresh), known=len(known)))
    return tuple(made)


def _late(late: Sequence[Late], titles: Mapping[str, str], phrases: Phrases, most: int | None) -> Iterator[Section]:
    """A section for each report and due day, so that what the unions have in common is said once."""

    def what(each: Late) -> tuple[int, date, str, str]:
        return -each.days, each.owed.due, titles[each.owed.obligation], each.owed.period.code

    for (_, due, title, _), group in groupby(sorted(late, key=what), key=what):
        same = list(group)
        period = period_name(same[0].owed.period, phrases)
        head = phrases.say(
            "digest-late",
            title=short(title, LONGEST_TITLE),
            period=period,
            due=due,
            days=same[0].days,
            count=len(same),
        )
        lines = tuple(late_line(each, phrases) for each in same[:most])
        yield Section(head, lines, len(same), tuple(each.union.code for each in same[:most]))


def late_line(late: Late, phrases: Phrases) -> str:
    """A union that is late, why that may be, and when it was heard of last."""
    why = phrases.say(f"digest-{late.why}")
    if late.heard is not None and late.why != "no-officer":
        why = phrases.say("digest-heard", why=why, day=late.heard.day, month=late.heard.month)
    return phrases.say("digest-line-why", line=named(late.union, phrases), why=why)


def _silent(state: State, phrases: Phrases, most: int | None) -> Iterator[Section]:
    for period, group in groupby(state.silent, key=lambda each: each[1]):
        silent = [union for union, _ in group]
        head = phrases.say("digest-silent", month=month_name(period, phrases), count=len(silent))
        lines = tuple(named(union, phrases) for union in silent[:most])
        yield Section(head, lines, len(silent), tuple(union.code for union in silent[:most]))


def _away(state: State, titles: Mapping[str, str], phrases: Phrases, most: int | None) -> Iterator[Section]:
    lines = [
        phrases.say(
            "digest-line-why",
            line=named(each.union, phrases),
            why=phrases.say(
                "digest-away-report",
                title=short(titles[each.owed.obligation], LONGEST_TITLE),
                period=period_name(each.owed.period, phrases),
            ),
        )
        for each in state.away[:most]
    ]
    if lines:
        codes = tuple(each.union.code for each in state.away[:most])
        yield Section(phrases.say("digest-away", count=len(state.away)), tuple(lines), len(state.away), codes)


def _unreachable(state: State, phrases: Phrases, most: int | None) -> Iterator[Section]:
    """Who cannot be reached and is not named among the late ones already."""
    listed = {each.union.code for each in state.late}
    lost = [(union, why) for union, why in state.unreachable if union.code not in listed]
    lines = tuple(
        phrases.say("digest-line-why", line=named(union, phrases), why=phrases.say(f"digest-{why}"))
        for union, why in lost[:most]
    )
    if lost:
        codes = tuple(union.code for union, _ in lost[:most])
        yield Section(phrases.say("digest-unreachable", count=len(lost)), lines, len(lost), codes)


def footer(state: State, since: datetime, phrases: Phrases) -> Iterator[str]:
    """What has come, and what waits for the reader."""
    came = {"digest-new-reports": state.new_reports, "digest-new-figures": state.new_figures}
    news = ", ".join(phrases.say(phrase, count=count) for phrase, count in came.items() if count)
    if news:
        yield phrases.say("digest-arrived", since=since, news=news)
    if state.waiting:
        yield phrases.say("digest-waiting", count=len(state.waiting))
    if state.questions:
        yield phrases.say("digest-questions", count=len(state.questions))


def named(union: Union, phrases: Phrases) -> str:
    """A union as a line."""
    return phrases.say("digest-line", code=union.code, union=short(union.name))


def short(name: str, longest: int = LONGEST_NAME) -> str:
    """A name that leaves room for others."""
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def units(text: str) -> int:
    """The length of a text as messaging channels count it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def fitted(listed: Iterable[Section], room: int, phrases: Phrases) -> tuple[str, ...]:
    """The sections in so much room, the first ones first; names that find none are counted at the end of theirs."""
    more = units(phrases.say("digest-more", count="000.000")) + 1
    shown: list[Section] = []
    hidden = 0
    room -= more
    for section in listed:
        needed = units(section.head) + more + 2
        if hidden or needed > room:
            hidden += section.count
        else:
            shown.append(section)
            room -= needed
    texts = []
    for section in shown:
        kept: list[str] = []
        for line in section.lines[:MOST_NAMED]:
            if units(line) + 1 > room:
                break
            kept.append(line)
            room -= units(line) + 1
        # The head says how many there are, where none of them is named.
        left = section.count - section.known - len(kept) if kept or section.known else 0
        texts.append("\n".join((section.head, *kept, *_more(left, phrases))))
    return (*texts, *_more(hidden, phrases))


def fitted_names(head: str, lines: Sequence[str], phrases: Phrases) -> str:
    """A list under one head, as much of it as fits a message."""
    return "\n".join(fitted([Section(head, tuple(lines), len(lines))], ROOM, phrases))


def _more(count: int, phrases: Phrases) -> tuple[str, ...]:
    return (phrases.say("digest-more", count=count),) if count else ()


def pages(listed: Iterable[Section], phrases: Phrases) -> tuple[str, ...]:
    """The whole list in pages that fit a message each, every name on one of them."""
    room = ROOM - units(phrases.say("digest-page", lines="", page=1000, pages=1000)) - 40
    made: list[list[str]] = []
    for section in listed:
        head: str | None = section.head
        for line in section.lines:
            added = [f"\n{head}", line] if head else [line]
            if made and len(made[-1]) < 2 * MOST_NAMED and units("\n".join((*made[-1], *added))) <= room:
                made[-1] += added
            else:
                made.append([section.head, line])
            head = None
    return tuple("\n".join(lines) for lines in made)
