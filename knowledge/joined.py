"""Words run together and letters left out on a phone: "baocao quy3" is báo cáo quý 3, "chỉ tiu" is chỉ tiêu.

Both are read from the pairs of neighbours that the collection writes, so that a word of which nobody writes stays.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.lexicon import lexicon
from knowledge.spelling import Spelling
from knowledge.vietnamese import fold, is_syllable

_SHORTEST, _LONGEST, _MOST = 5, 24, 4
_NUMBERED = re.compile(r"(quý|quy|tháng|thang|năm|nam|khóa|khoa)(\d{1,4})")
_COHESION, _FIRM_COUNT = 0.3, 3
_SURE, _SURE_COUNT = 0.5, 5
_LONG_FORM, _CONSONANTS = 4, re.compile(r"[b-df-hj-np-tv-xz]{4}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def parted_tokens(tokens: Sequence[str], spelling: Spelling) -> list[str]:
    """The tokens with those cut into syllables that are several run together."""
    return [part for token in tokens for part in _parts(token, spelling)]


def _parts(token: str, spelling: Spelling) -> list[str]:
    token = _short_form(token)
    if numbered := _NUMBERED.fullmatch(token):
        return list(numbered.groups())
    if not _SHORTEST <= len(token) <= _LONGEST or not token.isalpha() or _is_known(token, spelling):
        return [token]
    cuts = [cut for cut in _cuts(token, spelling) if len(cut) > 1 and _stands(cut, spelling)]
    best = max(cuts, key=lambda cut: _weight(cut, spelling)) if cuts else (token,)
    return list(best)


@lru_cache(maxsize=20_000)
def _short_form(token: str) -> str:
    """A long abbreviation with one slip of the finger ("tưlđttt") as it is written; any other token as it is."""
    known = lexicon().typed
    if len(token) < _LONG_FORM or token in known or not _CONSONANTS.search(fold(token)):
        return token
    long = [each for each in known if len(each) >= _LONG_FORM and " " not in each]
    near = [each for each, _, _ in process.extract(token, long, scorer=OSA.distance, score_cutoff=1, limit=None)]
    meant = {known[each] for each in near if is_a_slip(fold(token), fold(each))}
    return near[0] if len(meant) == 1 else token


def _is_known(token: str, spelling: Spelling) -> bool:
    tables = lexicon()
    known = token in spelling.counts or token in tables.typed or token in tables.english
    return known or token in tables.english_fillers or is_syllable(token)


def _cuts(token: str, spelling: Spelling, most: int = _MOST) -> Iterator[tuple[str, ...]]:
    """All ways to read a token as at most so many syllables of the collection in a row."""
    if _forms(token, spelling):
        yield (token,)
    if most > 1:
        for end in range(1, len(token)):
            if _forms(token[:end], spelling):
                yield from ((token[:end], *rest) for rest in _cuts(token[end:], spelling, most - 1))


def _stands(cut: Sequence[str], spelling: Spelling) -> bool:
    """Whether the collection writes every two neighbours of a cut beside each other."""
    return all(_pair_count(left, right, spelling) for left, right in pairwise(cut))


def _weight(cut: Sequence[str], spelling: Spelling) -> int:
    return min(_pair_count(left, right, spelling) for left, right in pairwise(cut))


def _pair_count(left: str, right: str, spelling: Spelling) -> int:
    forms = [(one, other) for one in _forms(left, spelling) for other in _forms(right, spelling)]
    return max((spelling.pairs.get(pair, 0) for pair in forms), default=0)


def _forms(typed: str, spelling: Spelling) -> Sequence[str]:
    """What the collection writes for a syllable: as it was typed, or with the accents that it lacks."""
    if fold(typed) == typed:
        return spelling.forms.get(typed, ())
    return (typed,) if typed in spelling.counts else ()


def with_letters_back(tokens: Sequence[str], spelling: Spelling) -> list[str]:
    """The tokens with a slip mended that makes a possible syllable, where beside its neighbour it can only be one word:
    "tiu" after "chỉ", "tình" after "chương"."""
    return [_mended(at, tokens, spelling) for at in range(len(tokens))]


def _mended(at: int, tokens: Sequence[str], spelling: Spelling) -> str:
    token = tokens[at]
    if len(token) < 2 or not token.isalpha() or token in lexicon().typed or not is_syllable(token):
        return token
    bare = fold(token) == token
    unwritten = token not in spelling.forms if bare else token not in spelling.counts
    unwritten = unwritten and token not in lexicon().everyday_syllables
    left, right = tokens[at - 1 : at] if at else (), tokens[at + 1 : at + 2]
    if not unwritten and (bare or token in lexicon().fillers or _stands_beside(left, token, right, spelling)):
        return token
    beside = [_forms(each[0], spelling) if each else () for each in (left, right)]
    best = (_COHESION if unwritten else _SURE, token)
    for form in _near(token, bare, spelling):
        best = max(best, (_bond(beside[0], form, beside[1], spelling, unwritten), form))
    return best[1]


def _near(token: str, bare: bool, spelling: Spelling) -> Iterator[str]:
    """What the collection writes one slip of the finger away; of a syllable with accents, what bears the same ones."""
    found = process.extract(fold(token), spelling.forms.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
    for near, distance, _ in found:
        if distance and is_a_slip(fold(token), near):
            yield from (form for form in spelling.forms[near] if bare or OSA.distance(token, form) == 1)


def _stands_beside(left: Sequence[str], token: str, right: Sequence[str], spelling: Spelling) -> bool:
    """Whether anybody writes a syllable beside one of its neighbours."""
    pairs = [*((each, token) for each in left), *((token, each) for each in right)]
    return any(pair in spelling.pairs or " ".join(pair) in lexicon().wordings for pair in pairs)


def _bond(left: Sequence[str], form: str, right: Sequence[str], spelling: Spelling, unwritten: bool) -> float:
    """How much a syllable is one word with a neighbour (0 to 1) in the documents; where what was typed is `unwritten`,
    in what questions are made of too."""
    pairs = [(one, form) for one in left] + [(form, one) for one in right]
    if unwritten and any(" ".join(pair) in lexicon().fillers for pair in pairs):
        return 1.0
    least = _FIRM_COUNT if unwritten else _SURE_COUNT
    firm = [pair for pair in pairs if spelling.written_pairs.get(pair, 0) >= least]
    return max((spelling.cohesion(*pair) for pair in firm), default=0.0)


def is_a_slip(typed: str, meant: str) -> bool:
    """Whether a finger makes one of the other: a letter left out, doubled, swapped or hit beside its key."""
    if len(typed) != len(meant) or sorted(typed) == sorted(meant):
        return True
    one, other = next((one, other) for one, other in zip(typed, meant, strict=True) if one != other)
    return any(one in row and other in row and abs(row.index(one) - row.index(other)) == 1 for row in _KEYS)
