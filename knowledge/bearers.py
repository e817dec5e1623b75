"""Whom a question is about besides its subject: a company, a school, a nurse. Plans seldom name them so, and what binds
all binds them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.index import Library
from knowledge.lexicon import lexicon, phrase
from knowledge.terms import Term

BEARERS = frozenset(
    {
        "công ty",
        "doanh nghiệp",
        "nhà máy",
        "xí nghiệp",
        "khách sạn",
        "trường",
        "xưởng",
        "hợp tác xã",
        "bệnh viện",
        "cơ quan",
    }
)
_BODIES = BEARERS | {"nhà trường", "trạm y tế", "trung tâm y tế", "phòng khám", "cửa hàng", "siêu thị", "nhà hàng"}
_KINDS = tuple(f"{each} " for each in sorted(BEARERS))
_ASKS = re.compile(r" (?:mình |em |tôi )?(?:cần|phải|được|nên|có|đóng|nộp|thu|làm) .*(?:mấy|bao nhiêu) ")
_REPORTS = re.compile(
    rf" (?:{'|'.join(sorted(_BODIES, key=len, reverse=True))})(?: \S+){{0,2}}? (?:mình |em |tôi )?"
    r"(?:phải |cần |sẽ |thì )*(?:nộp |gửi |làm )?báo cáo "
)

Written = Callable[[Term], bool]
"""Whether the documents that the asker sees write a term, in any of its wordings."""


def written_in(library: Library, keys: Sequence[str]) -> Written:
    """What tells whether these documents write a term."""

    def written(term: Term) -> bool:
        return any(library.match(_side_by_side(option.split()), keys, 1) for option in term.written)

    return written


def _side_by_side(words: Sequence[str]) -> str:
    """The FTS5 expression for a passage that holds each of these words beside the next."""
    joined = [f"{left}_{right}" for left, right in pairwise(words)] or words
    return " AND ".join(f'"{each}"' for each in joined)


def without_bearers(
    terms: Sequence[Term], words: str, intents: frozenset[str], own: str, written: Written
) -> tuple[Term, ...]:
    """The terms of a question (`words`) of somebody whose union is called `own`; those that only say whom it is about
    are soft."""
    told = tuple(terms)
    if "report" in intents and _REPORTS.search(words):
        told = tuple(replace(term, soft=True) if term.said in _BODIES else term for term in told)
    if _is_of_oneself(words, intents, own):
        told = _softened(told, [term for term in told if term.said in BEARERS or term.said.startswith(_KINDS)])
    named = own if " giao " not in words else ""
    return _softened(told, [term for term in told if _says_nothing_here(term, named, written)])


def _softened(terms: tuple[Term, ...], bearers: Sequence[Term]) -> tuple[Term, ...]:
    """The terms with these as soft ones, unless the question would be left without a subject."""
    others = [term for term in terms if not term.soft and term not in bearers]
    return tuple(replace(term, soft=True) if others and term in bearers else term for term in terms)


def _says_nothing_here(term: Term, own: str, written: Written) -> bool:
    """Whether a term names a sort of people of whom the documents are silent, or is a syllable of the asker's own name
    ("xưởng giày" at a shoe factory)."""
    if term.must or term.soft:
        return False
    if term.said in lexicon().persons:
        return not written(term)
    return " " not in term.said and term.spoken in f" {phrase(own)} " and term.said not in lexicon().wordings


def _is_of_oneself(words: str, intents: frozenset[str], own: str) -> bool:
    """Whether the bearer that a question begins with is only the asker's own place ("công ty cần mấy sáng kiến"), or
    what the name of their union says that it is ("đến 2028 công ty có bao nhiêu đoàn viên")."""
    if intents & {"threshold", "whether"}:
        return True
    bearer = next((each for each in BEARERS if words.startswith(f" {each} ")), None)
    if "percent" in intents:
        return False
    named = [each for each in BEARERS if f" {each} " in f" {phrase(own)} "]
    if any(re.search(rf" {each} (?:mình |em |tôi |hiện |phải |sẽ )*có (?:bao nhiêu|mấy) ", words) for each in named):
        return True
    return bool(bearer and _ASKS.match(words[len(bearer) + 1 :]))
