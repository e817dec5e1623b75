"""Repair of scanned text: letters that scanners confuse, syllables torn apart, spaces and letters inside numbers.

No list of errors: a syllable is changed only into one that looks alike and that its neighbours predict, while the one
that was scanned is not known beside them. What is known comes from `scan_phrases.toml` and the shipped documents.
A document is first judged to be a scan or not; in one that people typed only what leaves no doubt is changed.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path

from knowledge.scanned_numbers import mended_numbers
from knowledge.vietnamese import fold, is_syllable, normalize, split_tone

_ROOM = Path(__file__).parent
_WORDS = re.compile(r"(?<![\w/&])(?<!\w-)[^\W\d_]+(?: [^\W\d_]+)*")
_PRICE_OF_CHANGE = 0.4
_STRONGEST_PAIR = 3.0
_OPENING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]? )?[ủứừửữựưôơốồổộớờởợ]")
_COMMON, _DOMINANT = 40, 4
_LONGEST_WORD = 20
# A scan has at least this share of certain errors. Measured: three scans 1.1 to 7 %, twenty typed plans 0 to 0.15 %.
_SCAN_SHARE, _SCAN_LEAST = 0.004, 3
# How often a scanner must confuse two letters to be suspected everywhere, and how much more familiar (in logarithms of
# counts) the other letter must then make a syllable.
_HABIT_LEAST, _HABIT_GAIN = 2, 1.0
_USUAL_CONFUSIONS = (("ọ", "ợ"), ("ó", "ớ"), ("ế", "ể"), ("ố", "ổ"))

_SMALL_WORDS = frozenset({"với", "và", "các", "cho", "của", "để", "theo", "về", "tại", "cùng"})

_CONFUSED_LETTERS = (
    *(("rn", "m"), ("m", "rn"), ("ii", "n"), ("n", "u"), ("u", "n"), ("l", "i"), ("i", "l"), ("h", "b"), ("b", "h")),
    *(("c", "e"), ("e", "c"), ("o", "c"), ("c", "o"), ("f", "t"), ("cl", "d"), ("vv", "w"), ("li", "h"), ("y", "v")),
)

_BLACK_FOR_UNTIL = re.compile(r"\bĐen(?= (?:năm|hết|cuối|ngày|quý|tháng|nay)\b)")
_SPACE_BEFORE = re.compile(r"\s+(?=[,;:)”]|\.(?!\.))")
_RECIPIENTS_LABEL = re.compile(r"^Nơi\s+nh[aăâấầẩẫậ]n\b", re.IGNORECASE)
_LOST_SENTENCE_END = re.compile(
    r"(“[^”.;]*[a-zà-ỹđ]) (?=(?:Người|Các|Những|Việc|Tăng|Thường xuyên|Đồng thời|Tiếp tục) [^”]*$)"
)
_SMALL_L = re.compile(r"\b\w*[A-ZĐ]l\w*")
_LOST_CAPITALS = re.compile(r"\b(?=\w*[A-ZĐ]\w*[A-ZĐ])[A-ZĐ]+[à-ỹăâđêôơư]+[A-ZĐ]+\b")


@dataclass(frozen=True)
class Lexicon:
    """Which syllables are known to stand beside each other and how often.

    `before` and `after` count the pairs in which a syllable comes first and second, `alike` finds syllables by their
    bare letters.
    """

    known_pairs: Mapping[tuple[str, str], int]
    before: Mapping[str, int]
    after: Mapping[str, int]
    alike: Mapping[str, tuple[str, ...]]

    def weight(self, left: str, right: str) -> float:
        """0 for a pair that is not known, up to a cap for frequent ones."""
        return min(log(1 + self.known_pairs.get((left, right), 0)), _STRONGEST_PAIR)

    def knows(self, word: str) -> bool:
        """Whether a syllable occurs at all."""
        return word in self.before or word in self.after

    def evident(self, word: str) -> str:
        """What an unknown syllable without a tone must be, where one common syllable has its letters; else itself."""
        if self.knows(word) or not word.islower() or split_tone(word)[1]:
            return word
        ranked = sorted((self.before.get(form, 0), form) for form in ("", "", *self.alike.get(fold(word), ())))
        (often, form), (less, _) = ranked[-1], ranked[-2]
        return form if often >= max(_COMMON, _DOMINANT * less) else word

    def familiar(self, left: str, word: str, right: str) -> float:
        """How familiar a syllable is between two others."""
        return self.weight(left, word) + self.weight(word, right)

    def must_be(self, word: str, form: str) -> bool:
        """Whether a syllable is never used and the look-alike `form` very often."""
        return not self.knows(word) and self.before.get(form, 0) + self.after.get(form, 0) >= _COMMON

    def predicted(self, left: str, word: str, right: str) -> tuple[float, float]:
        """How often the left neighbour is followed by the word, and the right one preceded by it (0 to 1)."""
        by_left = self.known_pairs.get((left, word), 0) / max(1, self.before.get(left, 0))
        by_right = self.known_pairs.get((word, right), 0) / max(1, self.after.get(right, 0))
        return by_left, by_right


@dataclass(frozen=True)
class Manner:
    """How boldly a text is repaired.

    The numbers say how well a neighbour must predict the new syllable: when the scanned one is none at all, when it is
    unknown (a capital may be a name: then the new one must fit both neighbours), when it is known and the new one fits
    both, or fits one. `guesses` allows syllables without a neighbour that bears them out. `habits` are the letters that
    this scanner is known to confuse, as (scanned, meant).
    """

    impossible: float
    unknown: float
    fits_both: float
    fits_one: float
    guesses: bool
    habits: tuple[tuple[str, str], ...] = ()


SCANNED = Manner(0.0, 0.02, 0.1, 0.2, guesses=True)
TYPED = Manner(0.5, 0.5, 0.5, 0.6, guesses=False, habits=(("họp", "hợp"),))


def repair(text: str, lexicon: Lexicon | None = None, manner: Manner = SCANNED) -> str:
    """The text with scanning errors repaired; numbers keep their digits, names stay as they are.

    `lexicon` is the shipped one unless given.
    """
    words = lexicon or shipped_lexicon()
    tidied = _tidy(text)
    repaired = _WORDS.sub(lambda span: _repaired_span(span.group(), words, manner), tidied)
    return _OPENING.sub(lambda opening: opening.group().upper(), repaired)


def repair_all(texts: Sequence[str], lexicon: Lexicon | None = None) -> list[str]:
    """The texts of one document repaired: boldly if it is a scan, hardly at all if people typed it.

    A scan shows in how many words are certain to be wrong: 1 to 7 in a hundred, in typed plans less than 2 in a
    thousand. What its scanner confused more than once is then looked for in every word.
    """
    careful = [repair(text, lexicon, TYPED) for text in texts]
    words = sum(text.count(" ") + 1 for text in texts)
    if len(_all_changed(texts, careful)) < max(_SCAN_LEAST, _SCAN_SHARE * words):
        return careful
    bold = [repair(text, lexicon) for text in texts]
    manner = replace(SCANNED, habits=_habits(_all_changed(texts, bold)))
    return [repair(text, lexicon, manner) for text in texts]


def _all_changed(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    return [pair for old, new in zip(before, after, strict=True) for pair in _changed_words(old, new)]


def _changed_words(before: str, after: str) -> list[tuple[str, str]]:
    if before == after:
        return []
    old, new = _tidy(before).lower().split(), after.lower().split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [pair for kind, a, b, c, d in blocks if kind == "replace" for pair in zip(old[a:b], new[c:d], strict=False)]


def _habits(changed: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The letters that this scanner confused more than once, (scanned, meant), and those that every scanner does.

    A confused tone counts on every vowel.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for old, new in changed:
        letters = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
        if len(old) == len(new) and len(letters) == 1:
            counted.update(_confusions(*letters[0]))
    learned = (letters for letters, times in counted.items() if times >= _HABIT_LEAST)
    return tuple(sorted({*learned, *_USUAL_CONFUSIONS}))


def _confusions(scanned: str, meant: str) -> list[tuple[str, str]]:
    (scanned_letter, scanned_tone), (meant_letter, meant_tone) = split_tone(scanned), split_tone(meant)
    if scanned_letter != meant_letter or not scanned_tone or not meant_tone:
        return [(scanned, meant)]
    return [(normalize(vowel + scanned_tone), normalize(vowel + meant_tone)) for vowel in "aăâeêioôơuưy"]


def make_lexicon(texts: Iterable[str]) -> Lexicon:
    """A lexicon of the syllable pairs of texts that are known to be right."""
    counted: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for span in _WORDS.findall(normalize(text).lower()):
            counted.update(pairwise(span.split()))
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for (left, right), times in counted.items():
        before[left] += times
        after[right] += times
    alike: dict[str, list[str]] = {}
    for word in sorted({*before, *after}):
        alike.setdefault(fold(word), []).append(word)
    return Lexicon(counted, before, after, {bare: tuple(words) for bare, words in alike.items()})


def administrative_phrases() -> str:
    """The word combinations of `scan_phrases.toml`."""
    phrases: str = tomllib.loads((_ROOM / "scan_phrases.toml").read_text(encoding="utf-8"))["phrases"]
    return phrases


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon of the phrase list and of the shipped documents."""
    documents = (path.read_text(encoding="utf-8") for path in sorted((_ROOM / "documents").glob("*.md")))
    return make_lexicon([administrative_phrases(), *documents])


def _tidy(text: str) -> str:
    text = mended_numbers(text)
    text = _RECIPIENTS_LABEL.sub("Nơi nhận", _LOST_SENTENCE_END.sub(r"\1”. ", text))
    text = _BLACK_FOR_UNTIL.sub("Đến", text)
    text = _SMALL_L.sub(_capital_i, text)
    text = _LOST_CAPITALS.sub(lambda word: word.group().upper(), text)
    return re.sub(r"  +", " ", _SPACE_BEFORE.sub("", text))


def _capital_i(found: re.Match[str]) -> str:
    """A word in capitals with I for the small l in it ("CHỈ TlÊU")."""
    word = found.group().replace("l", "I")
    return word if word.isupper() else found.group()


def _repaired_span(span: str, lexicon: Lexicon, manner: Manner) -> str:
    words = span.split(" ")
    scanned = [word.lower() for word in words]
    doubted = (manner.guesses and manner.habits) or any(habit in span.lower() for habit, _ in manner.habits)
    if not doubted and all(_stands(scanned, at, lexicon) for at in range(len(scanned))):
        return span
    words = _split_joined(_join_torn(words, lexicon), lexicon)
    words = [lexicon.evident(word) for word in words] if manner.guesses else words
    scanned = [word.lower() for word in words]
    if not all(_stands(scanned, at, lexicon) for at in range(len(scanned))):
        chosen = _confirmed(words, _best(scanned, words, lexicon), lexicon, manner)
        words = [_with_case(new, old) for new, old in zip(chosen, words, strict=True)]
    for _ in manner.habits[:2]:
        words = _by_habit(words, lexicon, manner.habits)
    return " ".join(words)


def _by_habit(words: Sequence[str], lexicon: Lexicon, habits: Sequence[tuple[str, str]]) -> list[str]:
    """The words, those changed that what this scanner confuses makes much more familiar beside their neighbours."""
    chosen = list(words)
    for at, word in enumerate(words):
        if _is_abbreviation(words, at):
            continue
        left = chosen[at - 1].lower() if at else ""
        right = words[at + 1].lower() if at + 1 < len(words) else ""
        # "họp với" may be a meeting: that plans write "phối hợp với" says nothing of the word before "với".
        right = "" if right in _SMALL_WORDS else right
        best = max(
            (form for form in _habitual(word.lower(), habits) if lexicon.knows(form)),
            key=lambda form: lexicon.familiar(left, form, right),
            default=word.lower(),
        )
        gain = lexicon.familiar(left, best, right) - lexicon.familiar(left, word.lower(), right)
        if gain > _HABIT_GAIN or lexicon.must_be(word.lower(), best):
            chosen[at] = _with_case(best, word)
    return chosen


def _habitual(word: str, habits: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (word.replace(scanned, meant) for scanned, meant in habits if scanned in word)


def _stands(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a syllable is known beside one of its neighbours as they were scanned."""
    left = at > 0 and (words[at - 1], words[at]) in lexicon.known_pairs
    return left or (at + 1 < len(words) and (words[at], words[at + 1]) in lexicon.known_pairs)


def _best(scanned: Sequence[str], written: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The most familiar row of look-alikes (Viterbi over pairs, each change at a price)."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for at, word in enumerate(scanned):
        fixed = _stands(scanned, at, lexicon) or _is_abbreviation(written, at)
        forms = (word,) if fixed else _look_alikes(word, written[at].islower(), lexicon)
        reached: dict[str, tuple[float, list[str]]] = {}
        for form in forms:
            price = 0.0 if form == word else _PRICE_OF_CHANGE
            reached[form] = max(
                (score + lexicon.weight(before, form) - price, [*path, form]) for before, (score, path) in paths.items()
            )
        paths = reached
    return max(paths.values())[1]


def _confirmed(written: Sequence[str], best: Sequence[str], lexicon: Lexicon, manner: Manner) -> list[str]:
    """The changes that their neighbours bear out; the others are taken back, which may unsettle further ones."""
    chosen = list(best)
    while True:
        doubtful = [at for at in range(len(chosen)) if not _is_borne_out(written[at], chosen, at, lexicon, manner)]
        if not doubtful:
            return chosen
        for at in doubtful:
            chosen[at] = written[at].lower()


def _is_borne_out(written: str, chosen: Sequence[str], at: int, lexicon: Lexicon, manner: Manner) -> bool:
    word = written.lower()
    if chosen[at] == word:
        return True
    left = chosen[at - 1] if at else ""
    right = chosen[at + 1] if at + 1 < len(chosen) else ""
    by_left, by_right = lexicon.predicted(left, chosen[at], right)
    if not is_syllable(word):
        needed = manner.impossible
    elif not lexicon.knows(word) and (written.islower() or (by_left and by_right)):
        needed = manner.unknown
    else:
        needed = manner.fits_both if by_left and by_right else manner.fits_one
    return max(by_left, by_right) >= max(needed, 1e-9)


def _is_abbreviation(written: Sequence[str], at: int) -> bool:
    """Whether a word in capitals is one of its own (TU, BCH), not part of a line in capitals."""
    beside = [*written[max(0, at - 1) : at], *written[at + 1 : at + 2]]
    return written[at].isupper() and len(written[at]) > 1 and not any(word.isupper() for word in beside)


def _look_alikes(word: str, common: bool, lexicon: Lexicon) -> tuple[str, ...]:
    """A syllable and those that differ in marks only; of an unknown `common` one also those that differ in a letter."""
    if len(word) > _LONGEST_WORD:
        return (word,)
    bare = fold(word)
    shapes = {bare, *(_confused(bare) if common and not lexicon.knows(word) else ())}
    return (word, *(form for shape in sorted(shapes) for form in lexicon.alike.get(shape, ()) if form != word))


def _confused(bare: str) -> Iterable[str]:
    """What bare letters may have been before scanning: a last letter lost, or one shape taken for another."""
    if len(bare) > 1:
        yield from (bare + lost for lost in "ghnmtc")
    for scanned, meant in _CONFUSED_LETTERS:
        at = bare.find(scanned)
        if at >= 0:
            yield bare[:at] + meant + bare[at + len(scanned) :]


def _with_case(new: str, old: str) -> str:
    if new == old.lower():
        return old
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new.capitalize() if old[0].isupper() else new


def _join_torn(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Close a syllable that was torn apart ("m ới") where the whole is known and the pieces are not."""
    joined: list[str] = []
    for at, word in enumerate(words):
        whole = (joined[-1] + word) if joined else ""
        if joined and _is_torn(joined, word, words[at + 1 : at + 2], whole, lexicon):
            joined[-1] = whole
        else:
            joined.append(word)
    return joined


def _is_torn(joined: Sequence[str], word: str, after: Sequence[str], whole: str, lexicon: Lexicon) -> bool:
    left, right, new = joined[-1].lower(), word.lower(), whole.lower()
    if joined[-1].isupper() and len(left) > 1:
        return False
    if min(len(left), len(right)) > 2 or not lexicon.knows(new) or word.isupper():
        return False
    if (left, right) in lexicon.known_pairs:
        return False
    before = joined[-2].lower() if len(joined) > 1 else ""
    following = after[0].lower() if after else ""
    return (before, new) in lexicon.known_pairs or (new, following) in lexicon.known_pairs


def _split_joined(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Open two syllables that were run together ("côngđoàn") where they are a known pair."""
    opened: list[str] = []
    for word in words:
        lower = word.lower()
        cut = None
        if len(word) <= _LONGEST_WORD and not lexicon.knows(lower) and not is_syllable(lower) and not word.isupper():
            cuts = range(2, len(word) - 1)
            cut = next((at for at in cuts if (lower[:at], lower[at:]) in lexicon.known_pairs), None)
        opened += [word] if cut is None else [word[:cut], word[cut:]]
    return opened
