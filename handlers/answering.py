"""An answer of the knowledge room as one message: the document's own clause, whose it is, where it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers import Reply
from handlers.answer_words import (
    actor_line,
    bare,
    conflict_figures,
    frame,
    in_language,
    item_words,
    period_words,
    replaced_line,
    source_line,
    source_of,
    standing_words,
    unsaid_period,
)
from handlers.phrasebook import Phrases
from knowledge import Answer, Citation, Finding
from knowledge.checking import unsupported
from knowledge.inquiry import shortened

_YEAR = re.compile(r"20\d\d")
_LONGEST_WORDING = 3_000
_BULLETS = frozenset({"list", "duty", "items", "outline"})
_PARTS = frozenset({"number", "dated", "signer", "issuer", "basis", "recipients", "title"})
_ROOM = 500
_WHOLE_ROOM = {"list": 1_150, "duty": 1_000, "outline": 800}
"""Characters of answer before the rest goes behind a button; a script, which has none, gets more of a list at once."""


@dataclass(frozen=True)
class Spoken:
    """An answer as it is said: the message, and the lines that did not fit it (empty where all did)."""

    reply: Reply
    rest: str = ""


def answer_reply(answer: Answer, phrases: Phrases) -> Reply:
    """The answer for a reader without buttons: one message with its sources; the citations hold the full wording."""
    return spoken(answer, phrases, _WHOLE_ROOM.get(answer.kind, _ROOM)).reply


def spoken(answer: Answer, phrases: Phrases, room: int = _ROOM) -> Spoken:
    """The answer as one message with its sources, and what did not fit into `room` characters.

    A figure or name that no cited quote holds never leaves: such an answer is replaced by the bare quotes, or by "not
    found". The answers to other questions of the same message stand below, each with its own sources.
    """
    parts = [_spoken_alone(answer, phrases, room), *(_spoken_below(each, phrases, room) for each in answer.also)]
    texts = [part.reply.text for part in parts]
    citations = dict.fromkeys(cited for part in parts for cited in part.reply.citations)
    rest = "\n".join(part.rest for part in parts if part.rest)
    return Spoken(Reply("\n\n".join(texts), citations=tuple(citations)), rest)


def _spoken_below(answer: Answer, phrases: Phrases, room: int) -> Spoken:
    """The answer to another question of a message; that nothing was found says of what."""
    if answer.findings or not answer.topic or (answer.outcome, answer.kind) == ("not_restated", "document"):
        return _spoken_alone(answer, phrases, room)
    return Spoken(Reply(phrases.say("ask-part-not-found", topic=answer.topic)))


def _spoken_alone(answer: Answer, phrases: Phrases, room: int) -> Spoken:
    if (nearest := _nearest(answer)) is not None:
        return Spoken(Reply(_near(answer, nearest, phrases), citations=(nearest.citation,)))
    if is_abstained(answer):
        return Spoken(Reply(_silence(answer, phrases)))
    citations = tuple(dict.fromkeys(finding.citation for finding in (*answer.findings, *answer.more)))
    also = _held_besides(answer)
    for text, rest in (_worded(answer, phrases, room), (_quoted(answer, phrases), "")):
        if not unsupported(f"{text}\n{rest}", citations, answer.arithmetic, also):
            return Spoken(Reply(text, citations=citations), rest)
    return Spoken(Reply(phrases.say("ask-not-found")))


def wording_reply(citations: Iterable[Citation], phrases: Phrases) -> Reply:
    """The full wording behind an answer: every cited clause once, with its document and section."""
    listed = tuple(citations)
    whole = [each for each in listed if not any(_is_part(each, other) for other in listed)]
    parts = [phrases.say("ask-wording", words=each.quote, source=source_of(each, phrases)) for each in whole]
    text = "\n\n".join(dict.fromkeys(parts))
    return Reply(shortened(text, _LONGEST_WORDING), citations=listed)


def answer_json(answer: Answer, phrases: Phrases, ms: float) -> dict[str, object]:
    """The answer as one object for scripts; `ms` is how long it took."""
    reply = answer_reply(answer, phrases)
    return {
        "text": reply.text,
        "abstained": is_abstained(answer) or not reply.citations,
        "citations": [
            {"document": cited.document, "file": cited.file, "section": cited.section, "quote": cited.quote}
            for cited in reply.citations
        ],
        "targets": [
            {
                "indicator": target.label,
                "period": target.period,
                "comparator": target.comparator,
                "value": target.value,
                "unit": target.unit,
            }
            for each in (answer, *answer.also)
            for finding in (() if is_abstained(each) else each.findings)
            for target in (finding.target, *finding.rivals)
            if target
        ],
        "ms": round(ms, 2),
    }


def is_abstained(answer: Answer) -> bool:
    """Whether the documents do not say what was asked."""
    return answer.outcome in ("not_found", "not_restated") or not answer.findings


def _is_part(one: Citation, other: Citation) -> bool:
    """Whether a citation's words stand in those of another one of the same document."""
    return one.document == other.document and one.quote != other.quote and bare(one.quote) in bare(other.quote)


def _held_besides(answer: Answer) -> list[str]:
    """What may be stated without standing in a quote: periods read from headings, the actor that a heading names, the
    place that the asker named, the point that was replaced, the number of lines left."""
    held = [answer.whose or "", str(len(answer.findings) + len(answer.more))]
    for finding in (*answer.findings, *answer.more):
        held.append(finding.actor or "")
        if finding.replaces:
            held.append(f"{finding.replaces.document} {finding.replaces.section}")
        if finding.target:
            held += [(finding.target.period or "").replace("-", " "), finding.target.unit_name or ""]
    return held


def _nearest(answer: Answer) -> Finding | None:
    """Of a target that is given for other years than the one asked for, the nearest year's; a yearly one is as near as
    the first and the last year that it stands for."""
    asked = _YEAR.fullmatch(answer.period or "")
    if answer.outcome != "not_restated" or answer.kind != "figure" or asked is None or not answer.findings:
        return None
    about = answer.findings[0].target
    same = [
        (place, finding)
        for place, finding in enumerate(answer.findings)
        if finding.target and about and finding.target.indicator == about.indicator
    ]
    years = [(abs(year - int(asked[0])), place) for place, finding in same for year in _years_of(finding)]
    return answer.findings[min(years)[1]] if years else None


def _years_of(finding: Finding) -> Sequence[int]:
    """The years that a target is given for."""
    year = _YEAR.search((finding.target and finding.target.period) or "")
    return [int(year[0])] if year else finding.stands or ()


def _near(answer: Answer, nearest: Finding, phrases: Phrases) -> str:
    given = standing_words(nearest, answer.period or "", phrases)
    return phrases.say(
        "ask-nearest",
        asked=answer.period,
        given=given[:1].lower() + given[1:],
        words=item_words(nearest, phrases),
        sources=source_of(nearest.citation, phrases),
    )


def _silence(answer: Answer, phrases: Phrases) -> str:
    """What is said when the documents do not say it; never with a figure in it but the years that they do name."""
    if answer.outcome != "not_restated":
        return phrases.say("ask-not-found-place", place=answer.whose) if answer.whose else phrases.say("ask-not-found")
    if answer.kind == "document":
        return phrases.say(f"ask-document-silent-{answer.period if answer.period in _PARTS else 'number'}")
    if answer.kind == "report":
        return phrases.say("ask-report-no-rhythm" if answer.period == "rhythm" else "ask-report-no-day")
    asked = answer.period or ""
    periods = dict.fromkeys(standing_words(finding, asked, phrases) for finding in answer.findings if finding.target)
    given = phrases.say("ask-and").join(period[:1].lower() + period[1:] for period in periods if period)
    if given and answer.period:
        return phrases.say("ask-not-restated", asked=answer.period, given=given)
    return phrases.say("ask-not-found")


def _worded(answer: Answer, phrases: Phrases, room: int) -> tuple[str, str]:
    """The message and the lines that do not fit it."""
    is_list = answer.kind in _BULLETS and len(answer.findings) > 1
    body = _bullets(answer.findings, phrases) if is_list else _clauses(answer, phrases)
    shown, left = _fitting(body, room if is_list else _ROOM)
    left += _bullets(answer.more, phrases)
    lines = [*_opening(answer, phrases), *shown]
    if answer.arithmetic:
        lines.append(_arithmetic(answer, phrases))
    lines += dict.fromkeys(replaced_line(each.replaces, phrases) for each in answer.findings if each.replaces)
    lines += [phrases.say("ask-rest")] if left else []
    lines.append(source_line(answer.findings, phrases))
    return "\n".join(line for line in lines if line), "\n".join(left)


def _fitting(lines: Sequence[str], room: int) -> tuple[list[str], list[str]]:
    """The lines that fit into so many characters, at least one below its heading, and the others below theirs."""
    used, count, heading = 0, 0, ""
    for line in lines:
        used += len(line) + 1
        if used > room and any(not _is_heading(each) for each in lines[:count]):
            break
        heading, count = line if _is_heading(line) else heading, count + 1
    shown, left = list(lines[:count]), list(lines[count:])
    if left and _is_heading(shown[-1]):
        left.insert(0, shown.pop())
    elif left and heading and not _is_heading(left[0]):
        left.insert(0, heading)
    return shown, left


def _is_heading(line: str) -> bool:
    return line.endswith(":")


def _quoted(answer: Answer, phrases: Phrases) -> str:
    quotes = [phrases.say("ask-quote", words=finding.citation.quote) for finding in answer.findings[:2]]
    return "\n".join((*quotes, source_line(answer.findings[:2], phrases)))


def _opening(answer: Answer, phrases: Phrases) -> list[str]:
    lines = [phrases.say("ask-whose", place=answer.whose)] if answer.whose and answer.kind != "comparison" else []
    if answer.outcome == "repealed":
        lines.append(phrases.say("ask-opening-repealed"))
    elif answer.outcome == "conflict" and answer.kind == "figure" and not any(each.rivals for each in answer.findings):
        lines.append(phrases.say("ask-conflict-documents"))
    elif answer.kind == "empty_cell":
        lines.append(phrases.say("ask-empty-cell"))
    elif answer.unassigned:
        lines.append(phrases.say("ask-unassigned"))
    elif answer.kind in _BULLETS and len(answer.findings) > 1:
        lines.append(phrases.say(f"ask-opening-{answer.kind}"))
    elif answer.kind == "mention":
        lines.append(phrases.say("ask-opening-mention"))
    return lines


def _bullets(findings: Iterable[Finding], phrases: Phrases) -> list[str]:
    """One line an item, under the period they share; what two documents say alike stands once."""
    groups: dict[str, list[str]] = {}
    for finding in _once(findings):
        items = groups.setdefault(period_words(finding.target, phrases), [])
        item = phrases.say("ask-item", words=item_words(finding, phrases))
        if item not in items:
            items.append(item)
    # What has no period stands first: below a heading it would seem to belong to that period.
    ordered = sorted(groups.items(), key=lambda group: group[0] != "")
    return [
        line
        for period, items in ordered
        for line in ([phrases.say("ask-group", period=period)] if period else []) + items
    ]


def _clauses(answer: Answer, phrases: Phrases) -> list[str]:
    several = len({finding.citation.document for finding in answer.findings}) > 1
    lines: list[str] = []
    shown = _once(answer.findings)
    for finding in shown:
        if finding.rivals:
            lines.append(conflict_figures(finding, phrases))
        period = unsaid_period(finding, phrases)
        said = actor_line(finding, phrases)
        if answer.kind == "comparison" and several:
            name = "ask-of-document-period" if period else "ask-of-document"
            lines.append(phrases.say(name, document=finding.citation.document, said=said, period=period or None))
        elif _is_alone(finding, shown) and (framed := frame(finding, phrases)):
            lines += [framed, said]
        else:
            lines.append(phrases.say("ask-of-period", period=period, said=said) if period else said)
    return list(dict.fromkeys(lines))


def _is_alone(finding: Finding, findings: Iterable[Finding]) -> bool:
    """Whether no other figure of the same indicator and period stands in the same answer: of two it would be unclear
    which is meant, but for the quote."""
    about = [(each.target.indicator, each.target.period) for each in findings if each.target]
    return finding.target is None or about.count((finding.target.indicator, finding.target.period)) < 2


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that another document gives in the same way."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        target = finding.target
        same: tuple[object, ...] = (bare(finding.words),)
        if target and target.indicator != "other" and target.value is not None:
            same = (
                target.indicator,
                target.unit_name,
                target.period,
                target.comparator,
                target.value,
                target.condition,
            )
        elif target:
            same = (bare(finding.words), target.period, target.value_text, target.unit_name)
        seen.setdefault(same, finding)
    return list(seen.values())


def _arithmetic(answer: Answer, phrases: Phrases) -> str:
    sum_ = answer.arithmetic
    assert sum_ is not None
    share = sum_.operation == "difference" and sum_.left.endswith("%")
    name = "ask-difference-share" if share else f"ask-{sum_.operation}"
    left, right, result = (in_language(figure, phrases) for figure in (sum_.left, sum_.right, sum_.result))
    return phrases.say(name, left=left, right=right, result=result.removesuffix(" %"))
