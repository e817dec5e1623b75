"""Words run together and letters left out on a phone: "baocao quy3" is báo cáo quý 3, "chỉ tiu" is chỉ tiêu.

Both are read from the pairs of neighbours that the collection writes, so that a word of which nobody writes stays.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.lexicon import lexicon
from knowledge.spelling import Spelling
from knowledge.vietnamese import fold, is_syllable

_SHORTEST, _LONGEST, _MOST = 5, 24, 4
_NUMBERED = re.compile(r"(quý|quy|tháng|thang|năm|nam|khóa|khoa)(\d{1,4})")
_COHESION, _FIRM_COUNT = 0.3, 3
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def parted_tokens(tokens: Sequence[str], spelling: Spelling) -> list[str]:
    """The tokens with those cut into syllables that are several run together."""
    return [part for token in tokens for part in _parts(token, spelling)]


def _parts(token: str, spelling: Spelling) -> list[str]:
    if numbered := _NUMBERED.fullmatch(token):
        return list(numbered.groups())
    if not _SHORTEST <= len(token) <= _LONGEST or not token.isalpha() or _is_known(token, spelling):
        return [token]
    cuts = [cut for cut in _cuts(token, spelling) if len(cut) > 1 and _stands(cut, spelling)]
    best = max(cuts, key=lambda cut: _weight(cut, spelling)) if cuts else (token,)
    return list(best)


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
    """The tokens with a slip mended that makes a possible syllable which the collection does not write, where beside
    its neighbour it can only be one word: "tiu" after "chỉ"."""
    return [_mended(at, tokens, spelling) for at in range(len(tokens))]


def _mended(at: int, tokens: Sequence[str], spelling: Spelling) -> str:
    token = tokens[at]
    unwritten = token.isalpha() and token not in spelling.forms and fold(token) == token and is_syllable(token)
    if not unwritten or len(token) < 2 or token in lexicon().typed:
        return token
    left = _forms(tokens[at - 1], spelling) if at else ()
    right = _forms(tokens[at + 1], spelling) if at + 1 < len(tokens) else ()
    best = (_COHESION, token)
    for bare, _, _ in process.extract(token, spelling.forms.keys(), scorer=OSA.distance, score_cutoff=1, limit=None):
        if _slips(token, bare):
            best = max(best, *((_bond(left, form, right, spelling), form) for form in spelling.forms[bare]))
    return best[1]


def _bond(left: Sequence[str], form: str, right: Sequence[str], spelling: Spelling) -> float:
    """How much a syllable is one word with a neighbour (0 to 1) in the documents."""
    pairs = [(one, form) for one in left] + [(form, one) for one in right]
    firm = [pair for pair in pairs if spelling.written_pairs.get(pair, 0) >= _FIRM_COUNT]
    return max((spelling.cohesion(*pair) for pair in firm), default=0.0)


def _slips(typed: str, meant: str) -> bool:
    """Whether a finger makes one of the other: a letter left out, doubled, swapped or hit beside its key."""
    if len(typed) != len(meant) or sorted(typed) == sorted(meant):
        return True
    one, other = next((one, other) for one, other in zip(typed, meant, strict=True) if one != other)
    return any(one in row and other in row and abs(row.index(one) - row.index(other)) == 1 for row in _KEYS)
