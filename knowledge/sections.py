"""The section tree of a document, printed as people cite it, and its passages.

"II.2.1" is chapter II, item 2.1: a printed number that extends the number above it replaces it. Items without a number
belong to the numbered section they stand in; the head and the foot of a document have section "".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from knowledge import Passage
from knowledge.layout import (
    ARTICLE,
    BULLET,
    CAPITAL,
    CHAPTER,
    CHAPTER_MARK,
    LETTER,
    NUMBER,
    NUMBER_TIGHT,
    Paragraph,
    is_appendix,
    is_chapter,
    starts_foot,
    unbulleted,
)

_CLOSING = re.compile(r"(?:Trên đây là|Kế hoạch này được|Nhận được|Yêu cầu các|Trong quá trình)\b")
_BARE_NUMBER = re.compile(r"(?P<mark>[1-9]) (?P<title>[A-ZĐÀ-Ỹ][^\W\d_]+\s[^.;]{2,60})")
"""A heading whose number lost its point ("1 Mục đích")."""
_SCANNED_ONE = re.compile(r"l(?:\.\d{1,2})?[.)]\s+\S")
_LONGEST_HEADING = 320
_LOOK_AHEAD = 60


@dataclass
class _Place:
    """Where the reading stands: the chapter, the number and the letter last seen, and the headings above."""

    part: str = ""
    chapter: str = ""
    number: str = ""
    letter: str = ""
    headings: dict[str, str] = field(default_factory=dict)

    @property
    def section(self) -> str:
        return ".".join(part for part in (self.part, self.chapter, self.number, self.letter) if part)

    def enter(
        self, chapter: str, number: str = "", letter: str = "", heading: str = "", part: str | None = None
    ) -> None:
        self.part = self.part if part is None else part
        self.chapter, self.number, self.letter = chapter, number, letter
        above = {name: words for name, words in self.headings.items() if self._above(name)}
        self.headings = above | ({self.section: heading} if heading else {})

    def _above(self, name: str) -> bool:
        here = self.section
        if name == here or not name:
            return False
        return here.startswith(f"{name}.") or (here.startswith("Điều") and not name.startswith("Điều"))


def passages_of(paragraphs: Iterable[Paragraph]) -> tuple[Passage, ...]:
    """The passages of one document in order, each with its section and the headings above it joined by " / "."""
    listed = list(paragraphs)
    place = _Place()
    passages: list[Passage] = []
    foot = False
    for position, paragraph in enumerate(listed):
        foot = (foot or starts_foot(paragraph.text)) and not is_appendix(paragraph)
        if foot:
            place.enter("", part="")
        else:
            _move(place, listed, position)
        passages.append(_passage(position, paragraph, place))
    return tuple(passages)


def spelled_chapter(text: str) -> str:
    """A chapter heading with its Roman number, where a scan wrote l or 1 for I; other text as it is."""
    match = CHAPTER.match(text)
    if match is None or not is_chapter(text) or not re.fullmatch(r"[IVXl1|L]+", match["mark"]):
        return text
    return _chapter_name(text) + text[match.end("mark") :]


def spelled_numbers(texts: Iterable[str]) -> Iterator[str]:
    """The same texts, "l." that a scan wrote for "1." mended: no letter list goes on there with l after k."""
    above = ""
    for text in texts:
        mends = _SCANNED_ONE.match(text) and not is_chapter(text) and not re.match(r"k\s*[.)]", above)
        above = text if LETTER.match(text) else above
        yield f"1{text[1:]}" if mends else text


@lru_cache(maxsize=4_096)
def item_text(text: str) -> str:
    """A paragraph without its printed number, letter or bullet."""
    for pattern in (ARTICLE, NUMBER, NUMBER_TIGHT, LETTER, CAPITAL):
        match = pattern.match(text)
        if match:
            return match["title"]
    if is_chapter(text):
        match = CHAPTER.match(text)
        return match["title"] if match else text
    return unbulleted(text)


def _passage(position: int, paragraph: Paragraph, place: _Place) -> Passage:
    return Passage(
        position=position,
        section=place.section,
        heading=" / ".join(place.headings.values()),
        text=paragraph.text,
        original=paragraph.original,
        first_line=paragraph.first_line,
        last_line=paragraph.last_line,
    )


def _move(place: _Place, paragraphs: Sequence[Paragraph], position: int) -> None:
    paragraph = paragraphs[position]
    text, following = paragraph.text, paragraphs[position + 1 : position + 2]
    if is_chapter(text):
        name = _chapter_name(text)
        part = name if name.startswith("Phần") else None
        if name.startswith("Mục ") and (chapter := re.match(r"Chương [^.]+", place.chapter)):
            name = f"{chapter.group()}.{name}"
        place.enter("" if part else name, heading=item_text(text), part=part)
    elif is_appendix(paragraph):
        place.enter(_appendix_name(text), heading=text, part="")
    elif match := ARTICLE.match(text):
        place.enter(match["mark"], heading=_heading(paragraph, following), part="")
    elif match := CAPITAL.match(text):
        _enter_capital(place, match["mark"], _heading(paragraph, following))
    elif match := NUMBER.match(text) or NUMBER_TIGHT.match(text):
        place.enter(place.chapter, match["mark"], heading=_heading(paragraph, following))
    elif (match := _BARE_NUMBER.fullmatch(text)) and _follows(place.number, match["mark"]):
        place.enter(place.chapter, match["mark"], heading=match["title"])
    elif match := LETTER.match(text):
        place.enter(place.chapter, place.number, match["mark"], heading=_heading(paragraph, following))
    elif _CLOSING.match(text) and not _has_items(paragraphs, position + 1):
        place.enter("", part="")


def _follows(above: str, mark: str) -> bool:
    """Whether a number is the next one: the first below a chapter, or one more than the last."""
    return int(mark) == (int(above.split(".", maxsplit=1)[0]) if above else 0) + 1


def _enter_capital(place: _Place, mark: str, heading: str) -> None:
    """A part "A." that stands above the Roman chapters, or a part of the chapter that is open."""
    chapter = place.chapter.split(".")[0]
    if chapter and not re.fullmatch("[A-E]", place.part):
        place.enter(f"{chapter}.{mark}", heading=heading)
    else:
        place.enter("", heading=heading, part=mark)


def _has_items(paragraphs: Sequence[Paragraph], start: int) -> bool:
    for paragraph in islice(paragraphs, start, start + _LOOK_AHEAD):
        if starts_foot(paragraph.text):
            return False
        if is_chapter(paragraph.text) or NUMBER.match(paragraph.text):
            return True
    return False


def _heading(paragraph: Paragraph, following: Sequence[Paragraph]) -> str:
    """The words of a numbered line if it is a heading: marked as one, or open-ended, or with items below it."""
    words = item_text(paragraph.text)
    if len(words) > _LONGEST_HEADING:
        return ""
    has_items = bool(following) and bool(BULLET.match(following[0].text) or _extends(paragraph, following[0]))
    open_ended = not words.endswith((".", ";", "./"))
    return words.rstrip(".:") if paragraph.marked or open_ended or has_items else ""


def _extends(paragraph: Paragraph, following: Paragraph) -> bool:
    upper, lower = NUMBER.match(paragraph.text), NUMBER.match(following.text)
    if upper is None:
        return False
    return bool(LETTER.match(following.text)) or (lower is not None and lower["mark"].startswith(upper["mark"] + "."))


def _chapter_name(text: str) -> str:
    match = CHAPTER.match(text)
    mark = match["mark"] if match else text.rstrip(" .:")
    if CHAPTER_MARK.fullmatch(mark):
        kind, number = mark.split(maxsplit=1)
        return f"{kind.capitalize()} {number if number.isupper() and len(number) < 6 else number.lower()}"
    return mark.replace("l", "I").replace("L", "I").replace("1", "I").replace("|", "I")


def _appendix_name(text: str) -> str:
    match = re.match(r"(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu)(?:\s+(?:số\s+)?(\d+|[IVX]+)\b)?", text)
    number = match[1] if match else None
    name = "Phụ lục" if text.lower().startswith("phụ") else "Biểu"
    return f"{name} {number}" if number else name
