"""Repair of scanned text: letters that scanners confuse, syllables torn apart, spaces and letters inside numbers.

No list of errors: a syllable is changed only into one that looks alike and that its neighbours predict, while the one
that was scanned is not known beside them. What is known comes from `scan_phrases.toml` and the shipped documents.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path

from knowledge.vietnamese import fold, is_syllable, normalize, split_tone

_ROOM = Path(__file__).parent
_WORDS = re.compile(r"(?<![\w/&])(?<!\w-)[^\W\d_]+(?: [^\W\d_]+)*")
_PRICE_OF_CHANGE = 0.4
_STRONGEST_PAIR = 3.0
_CAPITALS_LOST = tuple("ủứừửữựưôơốồổộớờởợ")
_COMMON, _DOMINANT = 40, 4
# How well a neighbour must predict the new syllable: when the scanned one is none at all, when it is unknown (a capital
# may be a name: then the new one must fit both neighbours), when it is known and the new one fits both, or fits one.
_IMPOSSIBLE, _UNKNOWN, _FITS_BOTH, _FITS_ONE = 0.0, 0.02, 0.1, 0.2
_LONGEST_WORD = 20

_CONFUSED_LETTERS = (
    *(("rn", "m"), ("m", "rn"), ("ii", "n"), ("n", "u"), ("u", "n"), ("l", "i"), ("i", "l"), ("h", "b"), ("b", "h")),
    *(("c", "e"), ("e", "c"), ("o", "c"), ("c", "o"), ("f", "t"), ("cl", "d"), ("vv", "w"), ("li", "h"), ("y", "v")),
)

_SPACED_NUMBER = re.compile(r"(?<![\d.,/])(\d{1,3})(?: \.|\. | \. )(\d{3})(?![\d%]| ?%)(?=\s+[^\W\d_])")
_TORN_NUMBER = re.compile(r"(?<![\w.,/-])(?<!năm )(?<!số )(?<!quý )(\d{1,3}) (\d{1,3})(?= ?%| [a-zà-ỹđ])(?! ?%?\d)")
_SPACED_DECIMAL = re.compile(r"(?<=\d) ,(?=\d)|(?<=\d), (?=\d{1,2} ?%)")
_LETTER_IN_NUMBER = re.compile(
    r"(?<![\w/-])(?=[OoIl\d]*\d)[OoIl\d]{2,}(?=\s?%)|(?<![\w/-])[2l][0Oo][\dOol]{2}(?![\w/-])"
)
_OPEN_DOCUMENT_NUMBER = re.compile(r"(?<=\d)(?:\s+([-/])\s*|([-/])\s+)(?=[A-ZĐ][\wĐđ]+[-/])")
_SPACE_BEFORE = re.compile(r"\s+(?=[,;:)”]|\.(?!\.))")
_RECIPIENTS_LABEL = re.compile(r"^Nơi\s+nh[aăâấầẩẫậ]n\b", re.IGNORECASE)
_LOST_SENTENCE_END = re.compile(
    r"(“[^”.;]*[a-zà-ỹđ]) (?=(?:Người|Các|Những|Việc|Tăng|Thường xuyên|Đồng thời|Tiếp tục) [^”]*$)"
)
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

    def predicted(self, left: str, word: str, right: str) -> tuple[float, float]:
        """How often the left neighbour is followed by the word, and the right one preceded by it (0 to 1)."""
        by_left = self.known_pairs.get((left, word), 0) / max(1, self.before.get(left, 0))
        by_right = self.known_pairs.get((word, right), 0) / max(1, self.after.get(right, 0))
        return by_left, by_right


def repair(text: str, lexicon: Lexicon | None = None) -> str:
    """The text with scanning errors repaired; numbers keep their digits, names stay as they are.

    `lexicon` is the shipped one unless given.
    """
    words = lexicon or shipped_lexicon()
    tidied = _tidy(text)
    repaired = _WORDS.sub(lambda span: _repaired_span(span.group(), words), tidied)
    return repaired[:1].upper() + repaired[1:] if repaired[:1] in _CAPITALS_LOST else repaired


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
    text = _LETTER_IN_NUMBER.sub(lambda digits: digits.group().translate(str.maketrans("OoIl", "0011")), text)
    text = _TORN_NUMBER.sub(r"\1\2", _SPACED_DECIMAL.sub(",", _SPACED_NUMBER.sub(r"\1.\2", text)))
    text = _OPEN_DOCUMENT_NUMBER.sub(lambda gap: gap[1] or gap[2], text)
    text = _RECIPIENTS_LABEL.sub("Nơi nhận", _LOST_SENTENCE_END.sub(r"\1”. ", text))
    text = _LOST_CAPITALS.sub(lambda word: word.group().upper(), text)
    return re.sub(r"  +", " ", _SPACE_BEFORE.sub("", text))


def _repaired_span(span: str, lexicon: Lexicon) -> str:
    words = [lexicon.evident(word) for word in _split_joined(_join_torn(span.split(" "), lexicon), lexicon)]
    scanned = [word.lower() for word in words]
    if all(_stands(scanned, at, lexicon) for at in range(len(scanned))):
        return " ".join(words)
    chosen = _confirmed(words, _best(scanned, words, lexicon), lexicon)
    return " ".join(_with_case(new, old) for new, old in zip(chosen, words, strict=True))


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


def _confirmed(written: Sequence[str], best: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The changes that their neighbours bear out; the others are taken back, which may unsettle further ones."""
    chosen = list(best)
    while True:
        doubtful = [at for at in range(len(chosen)) if not _is_borne_out(written[at], chosen, at, lexicon)]
        if not doubtful:
            return chosen
        for at in doubtful:
            chosen[at] = written[at].lower()


def _is_borne_out(written: str, chosen: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    word = written.lower()
    if chosen[at] == word:
        return True
    left = chosen[at - 1] if at else ""
    right = chosen[at + 1] if at + 1 < len(chosen) else ""
    by_left, by_right = lexicon.predicted(left, chosen[at], right)
    if not is_syllable(word):
        needed = _IMPOSSIBLE
    elif not lexicon.knows(word) and (written.islower() or (by_left and by_right)):
        needed = _UNKNOWN
    else:
        needed = _FITS_BOTH if by_left and by_right else _FITS_ONE
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
    if min(len(left), len(right)) > 2 or not lexicon.knows(new) or joined[-1].isupper() or word.isupper():
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
