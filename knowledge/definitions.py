"""Short forms that a document defines itself: "thỏa ước lao động tập thể (sau đây gọi tắt là TƯLĐTT)"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge import Passage
from knowledge.vietnamese import fold, is_syllable

_SHORT = r"[A-ZĐƯÔƠÂĂÊ][A-ZĐƯÔƠÂĂÊ0-9&\-]{1,11}"
_SAID = (
    r"(?:(?:sau đây|dưới đây|từ đây)\s+)?(?:(?:gọi|viết)\s+tắt|(?:được\s+)?gọi\s+(?:tắt|chung)?)\s*(?:là)?\s*:?|"
    r"viết tắt|tắt là"
)
_QUOTES = r"[“”\"']?"
_AFTER = re.compile(rf"(?P<before>[^();]{{3,160}}?)\s*\((?:{_SAID})?\s*{_QUOTES}(?P<short>{_SHORT}){_QUOTES}\)")
_OPEN = re.compile(rf"(?P<before>[^();]{{3,160}}?),?\s+(?:{_SAID})\s+{_QUOTES}(?P<short>{_SHORT})(?![\w/-])")
_BEFORE = re.compile(rf"(?<![\w/-])(?P<short>{_SHORT})\s*\((?P<long>[^\W\d_][^();:]{{5,80}})\)")
_WORD = re.compile(r"[^\W_]+")
_LINKS = frozenset("và của các với cho về trong".split())  # noqa: SIM905


def short_forms(passages: Iterable[Passage]) -> tuple[tuple[str, str], ...]:
    """What a document says that its short forms stand for, as (short, long) in its own words; the first one holds.

    Only capitals count whose letters begin the words of the long form: "Kế hoạch" for this plan is no short form.
    """
    found: dict[str, str] = {}
    for passage in passages:
        for short, long in _defined(passage.text):
            found.setdefault(short, long)
    return tuple(found.items())


def _defined(text: str) -> Iterator[tuple[str, str]]:
    if "(" not in text and "tắt là" not in text:
        return
    for pattern in (_AFTER, _OPEN):
        for match in pattern.finditer(text):
            long = _spelled(match["short"], match["before"])
            if long:
                yield match["short"], long
    for match in _BEFORE.finditer(text):
        if _spelled(match["short"], match["long"]) == match["long"]:
            yield match["short"], match["long"]


def _spelled(short: str, before: str) -> str | None:
    """The end of `before` whose words begin with the letters of `short`; `None` where there is none."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    words = list(_WORD.finditer(before))
    if len(letters) < 2 or any(is_syllable(part) for part in short.lower().split()):
        return None
    start = _first_word(letters, words)
    return None if start is None else before[words[start].start() :].strip(' ,.;:“”"')


def _first_word(letters: Sequence[str], words: Sequence[re.Match[str]]) -> int | None:
    """Where the words begin whose initials are the letters, read from the end; words that link may be left out."""
    at = len(words) - 1
    for letter in reversed(letters):
        while at >= 0 and fold(words[at].group())[0] != letter and words[at].group().lower() in _LINKS:
            at -= 1
        if at < 0 or fold(words[at].group())[0] != letter:
            return None
        at -= 1
    return at + 1
