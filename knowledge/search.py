"""From the terms of a question to the passages and clauses that speak of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge import Passage
from knowledge.index import Library
from knowledge.terms import Term

_COMMON = 0.2
_BEST = 60
_LEAST, _ROWS = 2, 6_000
_NEAR, _FAR, _TITLE = 1.0, 0.75, 0.4
_OTHERWISE, _PARTED, _NEARBY, _SCATTERED = 0.92, 0.88, 0.8, 0.55
_SPAN = 40
_SOFT_SHARE, _RANK_SHARE, _LENGTH_SHARE = 0.12, 0.1, 0.04


@dataclass(frozen=True)
class Hit:
    """A passage that speaks of the question: how much of the question's terms it holds (0 to 1), and its rank score."""

    document: str
    passage: Passage
    coverage: float
    score: float


def passage_words(library: Library, key: str, position: int) -> str:
    """The searchable words of a passage, one space between and at both ends."""
    return " ,".join(words for _, words in library.clauses(key, position)) or " "


def heading_words(library: Library, passage: Passage) -> str:
    """The searchable words of the headings above a passage."""
    return library.spelled(passage.heading)


def title_words(library: Library, key: str) -> str:
    """The searchable words that say what document this is and whose."""
    document = library.documents[key]
    return library.spelled(f"{document.kind} {document.number or ''} {document.title} {document.issuer or ''}")


def share(term: Term, words: str) -> float:
    """How far a text holds a term: 1 as it was said, a little less in other wording, half where its words are apart."""
    if term.spoken in words:
        return 1.0
    # The same question as `Term.stands_in`, without its calls: half the time of an answer is spent here.
    for option in term.wordings:
        if option in words:
            return _OTHERWISE
    if term.long_wordings and " , " in words and term.stands_in(words):
        return _OTHERWISE
    if term.parts:
        return _share_of_parts(term, words)
    # "Nghị quyết 02" is said for 02-NQ/TW.
    return float(term.said.isdigit() and (f" {term.said}-" in words or f" {term.said}/" in words))


def _share_of_parts(term: Term, words: str) -> float:
    """How far a text holds a term whose words stand apart in it."""
    for part in term.parts:
        if part not in words:
            return 0.0
    if " , " in words and term.spoken in words.replace(" , ", " "):
        return _PARTED
    return _NEARBY if term.nearby.search(words) else _SCATTERED


def coverage(terms: Iterable[Term], near: str, far: str = "", title: str = "") -> float:
    """The share of the terms' weight that a clause holds (`near`), or its surroundings (`far`), or its document."""
    total = held = 0.0
    for term in terms:
        total += term.weight
        held += term.weight * _held(term, near, far, title)
    return held / total if total else 0.0


def _held(term: Term, near: str, far: str, title: str) -> float:
    """How far the nearest text that holds a term does so; a farther one is looked at only where it could say more."""
    best = _NEAR * share(term, near)
    if best < _FAR and far:
        best = max(best, _FAR * share(term, far))
    if best < _TITLE and title:
        best = max(best, _TITLE * share(term, title))
    return best


def closeness(terms: Iterable[Term], words: str) -> float:
    """How near to each other the terms stand in a text: 1 side by side, 0 far apart or where fewer than two stand."""
    places = [[start for option in term.wordings for start in _starts(words, option)] for term in terms]
    found = [sorted(starts) for starts in places if starts]
    if len(found) < 2:
        return 0.0
    rarest = min(found, key=len)
    spans = [max(min(abs(at - start) for at in starts) for starts in found) for start in rarest[:5]]
    return max(0.0, 1 - min(spans) / (_SPAN * 6))


def _starts(words: str, option: str) -> Iterator[int]:
    at = words.find(option)
    while at >= 0:
        yield at
        at = words.find(option, at + len(option))


def occurrences(terms: Iterable[Term], words: str) -> int:
    """How often a text speaks of the terms."""
    return sum(max(words.count(option) for option in term.wordings) for term in terms)


def find(library: Library, terms: Sequence[Term], keys: Sequence[str], limit: int = _BEST) -> list[Hit]:
    """The passages of these documents that hold most of the terms, best first."""
    matched = library.match(expression(library, terms), keys, limit)
    if not matched:
        return []
    top = matched[0][2] or 1.0
    subject = [term for term in terms if not term.soft] or list(terms)
    soft = [term for term in terms if term.soft]
    hits = []
    for key, position, rank in matched:
        passage = library.passage(key, position)
        near, far = passage_words(library, key, position), heading_words(library, passage)
        covered = coverage(subject, near, far, title_words(library, key))
        extra = _soft_share(soft, subject, near, far) + _RANK_SHARE * (rank / top + closeness(subject, near))
        hits.append(Hit(key, passage, covered, covered + extra - _LENGTH_SHARE * min(len(near) / 1000, 1)))
    return sorted(hits, key=lambda hit: -hit.score)


def _soft_share(soft: Sequence[Term], subject: Sequence[Term], near: str, far: str) -> float:
    """What the terms that say little add, in proportion to those that say more."""
    weight = sum(term.weight for term in soft)
    whole = weight + sum(term.weight for term in subject)
    return _SOFT_SHARE * coverage(soft, near, far) * min(1.0, 2 * weight / whole) if whole else 0.0


def expression(library: Library, terms: Iterable[Term]) -> str:
    """The FTS5 expression that matches any of the terms: rare syllables and pairs of neighbours."""
    options = [option.split() for term in terms for option in term.written]
    spread = {word: library.frequencies.get(word, 0) for words in options for word in words}
    counted = library.spelling.written_pairs
    spread |= {f"{pair[0]}_{pair[1]}": counted.get(pair, 0) for words in options for pair in pairwise(words)}
    return matching(spread, library.size)


def matching(spread: Mapping[str, int], size: int) -> str:
    """The FTS5 expression for any of these terms (syllables and pairs, each with the number of texts that hold it).

    The cost of a match follows the rows that hold any of its terms. So syllables that more than a fifth of the texts
    hold are left to their pairs, and in a large collection the commonest terms are left out beyond a bound, unless
    they are all there is.
    """
    known = sorted((term for term in spread if '"' not in term), key=lambda term: (spread[term], term))
    chosen: list[str] = []
    rows = 0
    for term in known:
        rows += spread[term]
        common = "_" not in term and spread[term] > _COMMON * size
        if len(chosen) < _LEAST or not (common or rows > _ROWS):
            chosen.append(term)
    return " OR ".join(f'"{term}"' for term in chosen)
