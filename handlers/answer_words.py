"""The parts of an answer in words: a target's period and figure, a clause as a line of a list, where it stands."""

import re
from collections.abc import Iterable

from handlers.phrasebook import Phrases
from knowledge import Citation, Finding, Target
from knowledge.indicators import indicators
from knowledge.sentences import says_period

_RHYTHMS = ("annual", "quarterly", "monthly", "semiannual", "term")
_COMPARED = {">=": "least", ">": "over", "<=": "most", "<": "under", "~": "about", "maintain": "kept", "=": "exact"}
_UNITS = (
    *("percent", "members", "unions", "persons", "houses", "enterprises", "agreements", "times", "conferences"),
    *("initiatives", "dong", "thousand_dong", "million_dong", "billion_dong"),
)
_LEAD = re.compile(r"^(?:[-+•*]\s*)?(?P<lead>[^:,;]{2,40}?)\s*[:,]\s+(?=\S)")
_PERIOD_ONLY = re.compile(
    r"(?:phấn đấu\s+)?(?:(?:đến|trong|vào|cuối|hết|từ|tới|giai đoạn|nhiệm kỳ|mỗi|hàng|hằng|bình quân|là|năm|quý|tháng|"
    r"đầu|này|20\d\d|[-–])\s*)+",
    re.IGNORECASE,
)
_NO_END = "9999"
_LONG_QUOTE = 220
_LEANS = 0.5


def period_words(target: Target | None, phrases: Phrases) -> str:
    """A target's period as people say it; empty where the document names none."""
    period = target.period if target else None
    if not period:
        return ""
    if period in _RHYTHMS:
        return phrases.say(f"ask-period-{period}")
    if re.fullmatch(r"\d{4}-\d{4}", period):
        return phrases.say("ask-period-years", years=period)
    if quarter := re.fullmatch(r"(\d{4})-Q(\d)", period):
        return phrases.say("ask-period-quarter", quarter=quarter[2], year=quarter[1])
    if re.fullmatch(r"\d{4}", period):
        return phrases.say("ask-period-year", year=period)
    return phrases.say(
        "ask-period-day", day="/".join(str(int(part)) if len(part) < 4 else part for part in period.split("-")[::-1])
    )


def standing_words(finding: Finding, asked: str, phrases: Phrases) -> str:
    """A target's period; of a yearly one that is not given for the year `asked` also from or until when it stands."""
    words = period_words(finding.target, phrases)
    first, last = finding.stands or (0, int(_NO_END))
    if finding.stands and asked > str(last):
        return phrases.say("ask-period-until", rhythm=words, year=str(last))
    if finding.stands and asked < str(first):
        return phrases.say("ask-period-from", rhythm=words, year=str(first))
    return words


def unsaid_period(finding: Finding, phrases: Phrases) -> str:
    """The period of a target whose own words do not name it."""
    target = finding.target
    said = target is None or (says_period(finding.words, target.period) and not _is_cell(target))
    return "" if said else period_words(target, phrases)


def item_words(finding: Finding, phrases: Phrases) -> str:
    """A finding as a line of a list: it begins with a capital, says its period only where the group does not, ends
    without a stray mark, and never leans on the line before."""
    target = finding.target
    if finding.rivals and target:
        return phrases.say("ask-item-rivals", label=target.label, figures=_figures(finding, phrases))
    if target and (_is_cell(target) or _is_leaning(finding.words, target)):
        return _cell(target, phrases)
    words = finding.words
    lead = _LEAD.match(words)
    if target and lead and _PERIOD_ONLY.fullmatch(lead["lead"]) and says_period(lead["lead"], target.period):
        words = words[lead.end() :]
    words = words.strip(" ;,:")
    words = words[:-1] if words.endswith(".") and not words.endswith("..") else words
    words = words[:1].upper() + words[1:]
    if phrases.language == "vi" or target is None or not _is_framed(target):
        return words
    return phrases.say("ask-item-figure", figure=_figure(target, phrases), words=words)


def actor_line(finding: Finding, phrases: Phrases) -> str:
    """The words of a finding in quotation marks, after the one whom they speak of where they do not say it."""
    target = finding.target
    if target and _is_cell(target):
        return _cell(target, phrases)
    said = phrases.say("ask-quote", words=finding.words)
    if not finding.actor:
        return said
    actor = finding.actor[:1].upper() + finding.actor[1:]
    return phrases.say("ask-of-actor", actor=actor, said=said)


def conflict_figures(finding: Finding, phrases: Phrases) -> str:
    """That a sentence gives several figures for one thing, with all of them and none chosen."""
    period = period_words(finding.target, phrases)
    return phrases.say("ask-conflict", figures=_figures(finding, phrases), period=period or phrases.say("ask-this"))


def frame(finding: Finding, phrases: Phrases) -> str:
    """The figure in the words of the asker's language, before a quote in another one or a long one; empty where the
    quote alone is clear."""
    target = finding.target
    if target is None or finding.rivals or _is_cell(target) or not _is_framed(target):
        return ""
    if phrases.language == "vi" and len(finding.words) <= _LONG_QUOTE:
        return ""
    period = period_words(target, phrases) or phrases.say("ask-period-none")
    known = indicators().get(target.indicator)
    figure = _figure(target, phrases)
    if known is None or phrases.language == "vi" or known.label_en.casefold().endswith(figure.split()[-1]):
        return phrases.say("ask-figure", period=period, figure=figure)
    return phrases.say("ask-figure-of", period=period, figure=figure, indicator=known.label_en)


def in_language(figure: str, phrases: Phrases) -> str:
    """A figure as plans write it ("1.300", "2,2") with the marks of the asker's language."""
    return figure if phrases.language == "vi" else figure.translate(str.maketrans(",.", ".,"))


def replaced_line(replaced: Citation, phrases: Phrases) -> str:
    """What an amended point stands in the place of."""
    return phrases.say("ask-replaces", source=source_of(replaced, phrases))


def source_line(findings: Iterable[Finding], phrases: Phrases) -> str:
    """One line that names each document once, with its sections; with the issuers where there are several."""
    sections: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        cited = finding.citation
        listed = sections.setdefault((cited.document, cited.issuer), [])
        if cited.section and cited.section not in listed:
            listed.append(cited.section)
    named = [
        _sectioned(_document(document, issuer, len(sections) > 1, phrases), listed, phrases)
        for (document, issuer), listed in sections.items()
    ]
    return phrases.say("ask-source", sources="; ".join(named))


def source_of(citation: Citation, phrases: Phrases) -> str:
    """The document and the section of one citation."""
    return _sectioned(citation.document, [citation.section] if citation.section else [], phrases)


def bare(words: str) -> str:
    """Words without marks and capitals, to see whether two lines say the same."""
    return re.sub(r"\W+", " ", words.casefold()).strip()


def _document(document: str, issuer: str, several: bool, phrases: Phrases) -> str:
    if not several or not issuer or issuer in document:
        return document
    return phrases.say("ask-source-issuer", document=document, issuer=issuer)


def _sectioned(document: str, sections: list[str], phrases: Phrases) -> str:
    if not sections:
        return document
    return phrases.say("ask-source-section", document=document, section=", ".join(sections))


def _figures(finding: Finding, phrases: Phrases) -> str:
    stated = [target.value_text for target in (finding.target, *finding.rivals) if target]
    return phrases.say("ask-both").join(dict.fromkeys(stated))


def _is_cell(target: Target) -> bool:
    """Whether a target stands in a table, whose row is no sentence."""
    return " | " in target.quote


def _is_framed(target: Target) -> bool:
    """Whether a figure can be said by itself: "hầu hết" and "đạt và vượt" cannot."""
    return target.value is not None and target.comparator in (*_COMPARED, "range")


def _is_leaning(words: str, target: Target) -> bool:
    """Whether a clause ("đến năm 2025 đạt trên 75%") says what is counted only in the clause before it."""
    asked = set(bare(target.label).split())
    return bool(asked) and len(asked & set(bare(words).split())) < _LEANS * len(asked)


def _cell(target: Target, phrases: Phrases) -> str:
    figure = target.value_text
    if target.unit == "percent" and not re.search(r"%|phần trăm", figure):
        figure = f"{figure}%"
    label = f"{target.unit_name} – {target.label}" if target.unit_name else target.label
    return phrases.say("ask-cell", label=label, figure=figure)


def _figure(target: Target, phrases: Phrases) -> str:
    """A value with its comparator and unit: "at least 75 %", "khoảng 3.100 đoàn viên"."""
    if isinstance(target.value, tuple):
        figure = phrases.say("ask-range", low=_number(target.value[0]), high=_number(target.value[1]))
    else:
        figure = str(phrases.write(_number(target.value or 0)))
    unit = target.unit.replace("_", "-")
    counted = phrases.say(f"ask-unit-{unit}", figure=figure) if target.unit in _UNITS else figure
    return phrases.say(f"ask-compared-{_COMPARED.get(target.comparator, 'exact')}", figure=counted)


def _number(value: float) -> float:
    return int(value) if value == int(value) else value
