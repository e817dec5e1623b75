"""The last check before an answer leaves: nothing in it that the cited words do not hold."""

import re
from collections.abc import Iterable

from knowledge import Arithmetic, Citation
from knowledge.vietnamese import fold

_FACT = re.compile(r"\d+(?:[.,/-]\d+)*(?:\s?%)?")
_ITEM = re.compile(r"(?:^|\n)\s*\d{1,2}[.)]\s")
_QUOTED = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”")
_CAPITAL = "".join(letter for letter in map(chr, range(0x1EFF)) if letter.isupper() and letter.isalpha())
_NAME = re.compile(rf"(?<![.…:] )(?<!^)(?<!\n)(?<!- )\b[{_CAPITAL}][^\W\d_]+(?: [{_CAPITAL}][^\W\d_]+)+")


def unsupported(
    text: str, citations: Iterable[Citation], arithmetic: Arithmetic | None = None, also: Iterable[str] = ()
) -> tuple[str, ...]:
    """The figures, dates, document numbers and names of `text` that nothing holds; empty for an answer that may leave.

    They may stand in a cited quote, in the label, issuer or section of its document, in the arithmetic shown, or in
    `also` (the periods that were read from the headings above a quote). A name is a run of capitalised words outside
    quotation marks.
    """
    held = [f"{citation.quote} {citation.document} {citation.issuer} {citation.section}" for citation in citations]
    if arithmetic:
        held.append(f"{arithmetic.left} {arithmetic.right} {arithmetic.result}")
    whole = " ".join((*held, *also))
    known = _numbers(whole)
    stated = _FACT.findall(_ITEM.sub("\n", text))
    figures = [fact for fact in stated if not _numbers(fact) <= known]
    return tuple(dict.fromkeys((*figures, *_unknown_names(text, whole))))


def _unknown_names(text: str, held: str) -> list[str]:
    known = _plain(held)
    return [name for name in _NAME.findall(_QUOTED.sub(" ", text)) if _plain(name) not in known]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _numbers(text: str) -> set[str]:
    """The numbers of a text, thousands joined and leading zeros dropped, so that 24.000 is 24000 and 07/9 is 7/9;
    decimals are written with a comma, whichever way the text writes them."""
    joined = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", fold(text))
    pointed = re.sub(r"(?<=\d)\.(?=\d{1,2}(?!\d))", ",", joined)
    return {number.lstrip("0") or "0" for number in re.findall(r"\d+(?:,\d+)?", pointed)}
