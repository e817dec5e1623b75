"""An answer of the knowledge room in the words of the bot: the document's own clause, whose it is, where it stands."""

import re
from collections.abc import Iterable
from itertools import groupby

from handlers import Reply
from handlers.phrasebook import Phrases
from knowledge import Answer, Citation, Finding, Target
from knowledge.checking import unsupported
from knowledge.inquiry import shortened
from knowledge.sentences import says_period

_LONGEST_WORDING = 3_000
_BULLETS = frozenset({"list", "duty", "items", "outline"})
_RHYTHMS = ("annual", "quarterly", "monthly", "semiannual", "term")
_PARTS = frozenset({"number", "dated", "signer", "issuer", "basis", "recipients", "title"})


def answer_reply(answer: Answer, phrases: Phrases) -> Reply:
    """The answer as one message with its sources; the citations hold the full wording.

    A figure that no cited quote holds never leaves: such an answer is replaced by the bare quotes, or by "not found".
    """
    if is_abstained(answer):
        return Reply(_silence(answer, phrases))
    citations = tuple(dict.fromkeys(finding.citation for finding in (*answer.findings, *answer.more)))
    for text in (_worded(answer, phrases), _quoted(answer, phrases)):
        if not unsupported(text, citations, answer.arithmetic, _periods(answer.findings)):
            return Reply(text, citations=citations)
    return Reply(phrases.say("ask-not-found"))


def wording_reply(citations: Iterable[Citation], phrases: Phrases) -> Reply:
    """The full wording behind an answer: every cited clause with its document and section."""
    listed = tuple(citations)
    parts = [phrases.say("ask-wording", words=citation.quote, source=_source(citation, phrases)) for citation in listed]
    return Reply(shortened("\n\n".join(parts), _LONGEST_WORDING), citations=listed)


def answer_json(answer: Answer, phrases: Phrases, ms: float) -> dict[str, object]:
    """The answer as one object for scripts; `ms` is how long it took."""
    reply = answer_reply(answer, phrases)
    return {
        "text": reply.text,
        "abstained": not reply.citations,
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
            for target in (finding.target for finding in answer.findings if reply.citations)
            if target
        ],
        "ms": round(ms, 2),
    }


def is_abstained(answer: Answer) -> bool:
    """Whether the documents do not say what was asked."""
    return answer.outcome in ("not_found", "not_restated") or not answer.findings


def _silence(answer: Answer, phrases: Phrases) -> str:
    """What is said when the documents do not say it; never with a figure in it but the years that they do name."""
    if answer.outcome != "not_restated":
        return phrases.say("ask-not-found-place", place=answer.whose) if answer.whose else phrases.say("ask-not-found")
    if answer.kind == "document":
        return phrases.say(f"ask-document-silent-{answer.period if answer.period in _PARTS else 'number'}")
    if answer.kind == "report":
        return phrases.say("ask-report-no-day")
    periods = dict.fromkeys(_period(finding.target, phrases) for finding in answer.findings if finding.target)
    given = phrases.say("ask-and").join(period for period in periods if period)
    if given and answer.period:
        return phrases.say("ask-not-restated", asked=answer.period, given=given)
    return phrases.say("ask-not-found")


def _worded(answer: Answer, phrases: Phrases) -> str:
    lines = [_opening(answer, phrases)]
    if answer.kind in _BULLETS and len(answer.findings) > 1:
        lines += _bullets(answer.findings, phrases)
    else:
        lines += _clauses(answer, phrases)
    if answer.arithmetic:
        lines.append(_arithmetic(answer, phrases))
    if answer.more:
        lines.append(phrases.say("ask-rest"))
    lines.append(_sources(answer.findings, phrases))
    return "\n".join(line for line in lines if line)


def _quoted(answer: Answer, phrases: Phrases) -> str:
    quotes = [phrases.say("ask-quote", words=finding.citation.quote) for finding in answer.findings[:2]]
    return "\n".join((*quotes, _sources(answer.findings[:2], phrases)))


def _opening(answer: Answer, phrases: Phrases) -> str:
    parts = [phrases.say("ask-whose", place=answer.whose)] if answer.whose and answer.kind != "comparison" else []
    if answer.outcome == "conflict":
        parts.append(phrases.say("ask-conflict"))
    elif answer.kind in _BULLETS and len(answer.findings) > 1:
        parts.append(phrases.say(f"ask-opening-{answer.kind}"))
    elif answer.kind == "mention":
        parts.append(phrases.say("ask-opening-mention"))
    return " ".join(parts)


def _bullets(findings: Iterable[Finding], phrases: Phrases) -> list[str]:
    """One line an item, under the period they share; what two documents say alike stands once."""
    lines: list[str] = []
    for period, group in groupby(findings, key=lambda finding: _group(finding.target, phrases)):
        items = list(dict.fromkeys(_bullet(finding, phrases) for finding in _once(group)))
        lines += ([phrases.say("ask-group", period=period)] if period else []) + items
    return list(dict.fromkeys(lines))


def _bullet(finding: Finding, phrases: Phrases) -> str:
    return phrases.say("ask-item", words=finding.words)


def _group(target: Target | None, phrases: Phrases) -> str:
    return _period(target, phrases) if target else ""


def _clauses(answer: Answer, phrases: Phrases) -> list[str]:
    lines = []
    for finding in _once(_whole(answer)):
        period = _unsaid_period(finding, phrases)
        said = phrases.say("ask-quote", words=finding.words)
        if answer.kind == "comparison" and len({found.citation.document for found in answer.findings}) > 1:
            name = "ask-of-document-period" if period else "ask-of-document"
            lines.append(phrases.say(name, document=finding.citation.document, said=said, period=period or None))
        else:
            lines.append(phrases.say("ask-of-period", period=period, said=said) if period else said)
    return list(dict.fromkeys(lines))


def _whole(answer: Answer) -> list[Finding]:
    """The findings, without those that another one of a conflict quotes in full."""
    if answer.outcome != "conflict":
        return list(answer.findings)
    words = [finding.words for finding in answer.findings]
    return [
        finding for finding in answer.findings if not any(finding.words in other != finding.words for other in words)
    ]


def _unsaid_period(finding: Finding, phrases: Phrases) -> str:
    """The period of a target whose own words do not name it."""
    target = finding.target
    return _period(target, phrases) if target and not says_period(finding.words, target.period) else ""


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that another document gives in the same way."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        target = finding.target
        same: tuple[object, ...] = (_bare(finding.words),)
        if target and target.indicator != "other" and target.value is not None:
            same = (target.indicator, target.period, target.comparator, target.value, target.condition)
        seen.setdefault(same, finding)
    return list(seen.values())


def _bare(words: str) -> str:
    return re.sub(r"\W+", " ", words.casefold()).strip()


def _period(target: Target | None, phrases: Phrases) -> str:
    """A target's period as people say it; empty where the document names none."""
    period = target.period if target else None
    if not period:
        return ""
    if period in _RHYTHMS:
        return phrases.say(f"ask-period-{period}")
    if re.fullmatch(r"\d{4}-\d{4}", period):
        return phrases.say("ask-period-years", years=period)
    if re.fullmatch(r"\d{4}", period):
        return phrases.say("ask-period-year", year=period)
    return phrases.say(
        "ask-period-day", day="/".join(str(int(part)) if len(part) < 4 else part for part in period.split("-")[::-1])
    )


def _periods(findings: Iterable[Finding]) -> list[str]:
    return [finding.target.period.replace("-", " ") for finding in findings if finding.target and finding.target.period]


def _arithmetic(answer: Answer, phrases: Phrases) -> str:
    sum_ = answer.arithmetic
    assert sum_ is not None
    share = sum_.left.endswith("%")
    name = "ask-difference-share" if share else "ask-difference"
    return phrases.say(name, left=sum_.left, right=sum_.right, result=sum_.result.removesuffix(" %"))


def _sources(findings: Iterable[Finding], phrases: Phrases) -> str:
    """One line that names each document once, with its sections."""
    sections: dict[str, list[str]] = {}
    for finding in findings:
        listed = sections.setdefault(finding.citation.document, [])
        if finding.citation.section and finding.citation.section not in listed:
            listed.append(finding.citation.section)
    named = [
        phrases.say("ask-source-section", document=document, section=", ".join(listed)) if listed else document
        for document, listed in sections.items()
    ]
    return phrases.say("ask-source", sources="; ".join(named))


def _source(citation: Citation, phrases: Phrases) -> str:
    if not citation.section:
        return citation.document
    return phrases.say("ask-source-section", document=citation.document, section=citation.section)
