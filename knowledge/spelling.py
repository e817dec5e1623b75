"""Accents and slips of the finger in a question, repaired from the words of the collection itself.

A pair model over the collection's syllables chooses among the accented forms of each typed syllable (Viterbi), so
that "thoa uoc" becomes "thỏa ước" where the plans speak of it and stays as it is where nobody does.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from knowledge.lexicon import lexicon
from knowledge.vietnamese import fold, is_syllable, split_tone

NUMBER = "#"
_PAIR_SHARE = 0.85
_CHANGE_KNOWN, _CHANGE_POSSIBLE, _SLIP = -5.5, -3.0, -4.0
_MARKS_LEFT_OUT, _KNOWN_LEFT_OUT, _CONTRADICTED, _CONTRADICTED_WITH_CARE = -0.7, -2.5, -2.0, -7.0
_SLIP_AND_ACCENT = -6.5
_CAREFUL, _CAREFUL_TOO, _CHANGE_CAREFUL, _CHANGE_BARE, _LEFT_OUT_WITH_CARE = 0.6, 0.5, -12.0, -3.0, -5.0
_MOST_NEAR = 24
_JOINING = frozenset({"thì", "và", "với", "để", "nếu", "của"})
_LEAST_COHESION = 0.08
_SPOKEN_WEIGHT = 4
_SPOKEN_ALIKE = {"\u0309", "\u0303"}
_START, _FUNCTION_SHARE = "", 0.002


@dataclass(frozen=True)
class Spelling:
    """What the collection writes: how often each syllable and each pair of neighbours stands, forms by folded form.

    `written` and `written_pairs` count the documents alone, the others everyday phrases too; `asked` is how much
    more often a syllable stands in questions.
    """

    counts: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    forms: Mapping[str, tuple[str, ...]]
    total: int
    written: Mapping[str, int]
    written_pairs: Mapping[tuple[str, str], int]
    asked: Mapping[str, int] = field(default_factory=dict)

    def cohesion(self, left: str, right: str) -> float:
        """How much two syllables are one word in the documents (0 to 1): the share of the rarer one that stands so."""
        rarer = min(self.written.get(left, 0), self.written.get(right, 0))
        return self.written_pairs.get((left, right), 0) / rarer if rarer else 0.0


def learn(counts: Mapping[str, int], pairs: Mapping[tuple[str, str], int], spoken: Iterable[str] = ()) -> Spelling:
    """A model from the counts of a collection and from everyday phrases (tokens joined by spaces)."""
    all_counts, all_pairs = Counter(counts), Counter(pairs)
    for words in spoken:
        tokens = [as_seen(token) for token in words.split()]
        all_counts.update({token: _SPOKEN_WEIGHT * number for token, number in Counter(tokens).items()})
        all_pairs.update(dict.fromkeys(pairwise(tokens), _SPOKEN_WEIGHT))
    forms: dict[str, list[str]] = {}
    for token in all_counts:
        forms.setdefault(fold(token), []).append(token)
    return Spelling(
        dict(all_counts),
        dict(all_pairs),
        {key: tuple(sorted(found)) for key, found in forms.items()},
        sum(all_counts.values()),
        counts,
        pairs,
    )


def as_asked(spelling: Spelling, openings: Iterable[str], function_words: Iterable[str]) -> Spelling:
    """The model with what questions begin with and are made of, which no plan writes as often as people ask."""
    often = 1 + int(_FUNCTION_SHARE * spelling.total)
    counts, pairs = dict(spelling.counts), Counter(spelling.pairs)
    begun = [words.split() for words in openings]
    starts = {(_START, words[0]): often for words in begun}
    pairs.update(starts | {pair: _SPOKEN_WEIGHT for words in begun for pair in pairwise(words)})
    counts[_START] = 2 * often * len(starts)
    asked = dict.fromkeys(function_words, often)
    return replace(spelling, counts=counts, pairs=dict(pairs), asked=asked, total=spelling.total + sum(asked.values()))


def as_seen(token: str) -> str:
    """A token as the pair model counts it: every number is the same."""
    return NUMBER if token[:1].isdigit() else token


def restore(tokens: Sequence[str], spelling: Spelling, *, bold: bool = False) -> list[str]:
    """The tokens with missing accents put back and slips repaired; what the collection does not know stays.

    `bold` takes every unknown syllable for a slip. That is right where texts are ranked; where answers are given it
    would turn a subject of which the documents are silent into another one.
    """
    careful = _is_careful(tokens, spelling)
    known_change = _CHANGE_CAREFUL if careful else _CHANGE_KNOWN
    best: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
    for token in tokens:
        step: dict[str, tuple[float, list[str]]] = {}
        for form, penalty in _candidates(token, spelling, known_change, bold):
            seen = as_seen(form)
            alone = _alone(seen, spelling)
            score, left = max((best[left][0] + _likelihood(left, seen, alone, spelling), left) for left in best)
            step[seen] = (score + penalty, [*best[left][1], form])
        best = step
    chosen = max(best.values(), key=lambda entry: entry[0])[1]
    return chosen if bold or careful else _with_small_words(tokens, chosen, spelling)


def _with_small_words(typed: Sequence[str], chosen: Sequence[str], spelling: Spelling) -> list[str]:
    """The chosen forms; a bare syllable that makes a word with no neighbour is the small word that joins the parts of a
    question, where there is one: of "quan uy thi ai" only "thì", though somewhere "thành ủy, thị ủy" stands."""
    around = ["", *chosen, ""]
    return [
        (_small_word(token, spelling) or form) if not _makes_word(around[place : place + 3], spelling) else form
        for place, (token, form) in enumerate(zip(typed, chosen, strict=True))
    ]


def _small_word(token: str, spelling: Spelling) -> str | None:
    return next((form for form in spelling.forms.get(token, ()) if form in _JOINING), None)


def _makes_word(three: Sequence[str], spelling: Spelling) -> bool:
    """Whether the middle one of three syllables is written as a word with one of the others."""
    left, form, right = three
    spoken = max(spelling.pairs.get(pair, 0) for pair in ((left, form), (form, right))) >= _SPOKEN_WEIGHT
    return spoken or max(spelling.cohesion(left, form), spelling.cohesion(form, right)) >= _LEAST_COHESION


def _alone(seen: str, spelling: Spelling) -> float:
    """How likely a syllable stands anywhere, whatever is before it: its share of the pair model."""
    often = spelling.counts.get(seen, 0) + spelling.asked.get(seen, 0) + 0.05
    return (1 - _PAIR_SHARE) * often / (spelling.total + 1)


def _likelihood(left: str, seen: str, alone: float, spelling: Spelling) -> float:
    """How likely (as a logarithm) a syllable stands behind another one."""
    before = spelling.counts.get(left, 0)
    paired = spelling.pairs.get((left, seen), 0) / before if before else 0.0
    return math.log(_PAIR_SHARE * paired + alone)


def _is_careful(tokens: Sequence[str], spelling: Spelling) -> bool:
    """Whether somebody typed their accents: then a known word is what they meant, even where another is commoner.

    Who left the tone out of one syllable ("viêc", "tâp") may have left it out of others.
    """
    words = [token for token in tokens if token.isalpha()]
    if any(_lacks_marks(word, spelling) for word in words):
        return False
    accented = sum(fold(word) != word for word in words)
    all_written = all(fold(word) != word or word in spelling.counts for word in words)
    return accented >= (_CAREFUL_TOO if all_written else _CAREFUL) * len(words) > 0


def _lacks_marks(word: str, spelling: Spelling) -> bool:
    """Whether a syllable with some of its marks is surely one that should bear more."""
    if fold(word) == word or word in spelling.counts:
        return False
    return any(only_adds(word, form) for form in spelling.forms.get(fold(word), ()))


@lru_cache(maxsize=50_000)
def only_adds(typed: str, form: str) -> bool:
    """Whether `form` is the typed syllable with marks that were left out, and contradicts none that was typed."""
    (bare, tone), (whole, right) = split_tone(typed), split_tone(form)
    if tone not in ("", right) or len(bare) != len(whole):
        return False
    return all(one == other or one == fold(other) for one, other in zip(bare, whole, strict=True))


def _candidates(token: str, spelling: Spelling, known_change: float, bold: bool) -> list[tuple[str, float]]:
    if not token.isalpha():
        return [(token, 0.0)]
    bare = fold(token)
    careful = known_change == _CHANGE_CAREFUL
    known = token in spelling.counts or (careful and token in lexicon().everyday_syllables)
    if bare == token:
        added = changed = _CHANGE_BARE if careful and known else 0.0
    elif known:
        added, changed = _LEFT_OUT_WITH_CARE if careful else _KNOWN_LEFT_OUT, known_change
    else:
        added, changed = _MARKS_LEFT_OUT, _CHANGE_POSSIBLE if is_syllable(token) else _CONTRADICTED
    found = {form: added if only_adds(token, form) else changed for form in spelling.forms.get(bare, ())}
    if careful and not known and bare != token and is_syllable(token):
        found = {form: penalty + _against(token, form) for form, penalty in found.items()}
    if not found and not _is_meant(token, bare):
        found |= {form: _slip(token, form) for form in _near(bare, spelling)}
    elif bold and token not in spelling.counts and (token != bare or not found):
        found = {form: _slip(token, form) for form in _near(bare, spelling)} | found
    found[token] = 0.0
    return list(found.items())


def _is_meant(token: str, bare: str) -> bool:
    """Whether a syllable that the collection lacks is no slip: it could be one without its accents, or is one of
    everyday life ("gạch", also typed "gach")."""
    known = lexicon().everyday_syllables
    return is_syllable(bare) or token in known or (token == bare and bare in _everyday())


@cache
def _everyday() -> frozenset[str]:
    return frozenset(map(fold, lexicon().everyday_syllables))


def _against(token: str, form: str) -> float:
    """What it costs to take a syllable that the collection lacks, typed with care, for one with other marks: little
    where only hỏi and ngã are mistaken for each other ("thõa ước"), which are spoken alike."""
    (bare, tone), (whole, right) = split_tone(token), split_tone(form)
    if only_adds(token, form) or (bare == whole and {tone, right} == _SPOKEN_ALIKE):
        return 0.0
    return _CONTRADICTED_WITH_CARE


def _slip(token: str, form: str) -> float:
    """A slip that keeps the accents as they were typed is likelier than one that loses them too."""
    typed = form if fold(token) != token else fold(form)
    return _SLIP if OSA.distance(token, typed, score_cutoff=1) <= 1 else _SLIP_AND_ACCENT


def _near(bare: str, spelling: Spelling) -> list[str]:
    if len(bare) < 3:
        return []
    near = process.extract(bare, spelling.forms.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None)
    forms = (form for key, _, _ in near for form in spelling.forms[key])
    return heapq.nlargest(_MOST_NEAR, forms, key=lambda form: spelling.counts.get(form, 0))
