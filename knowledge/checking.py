"""The last check before an answer leaves: nothing in it that the cited words do not hold."""

import re
from collections.abc import Iterable

from knowledge import Arithmetic, Citation
from knowledge.vietnamese import fold

_FACT = re.compile(r"\d+(?:[.,/-]\d+)*(?:\s?%)?")
_ITEM = re.compile(r"(?:^|\n)\s*\d{1,2}[.)]\s")


def unsupported(
    text: str, citations: Iterable[Citation], arithmetic: Arithmetic | None = None, also: Iterable[str] = ()
) -> tuple[str, ...]:
    """The figures, dates and document numbers of `text` that nothing holds; empty for an answer that may leave.

    They may stand in a cited quote, in the label or section of its document, in the arithmetic shown, or in `also` (the
    periods that were read from the headings above a quote).
    """
    held = [f"{citation.quote} {citation.document} {citation.section}" for citation in citations]
    if arithmetic:
        held.append(f"{arithmetic.left} {arithmetic.right} {arithmetic.result}")
    known = _numbers(" ".join((*held, *also)))
    stated = _FACT.findall(_ITEM.sub("\n", text))
    return tuple(dict.fromkeys(fact for fact in stated if not _numbers(fact) <= known))


def _numbers(text: str) -> set[str]:
    """The numbers of a text, thousands joined and leading zeros dropped, so that 24.000 is 24000 and 07/9 is 7/9."""
    joined = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", fold(text))
    return {number.lstrip("0") or "0" for number in re.findall(r"\d+(?:,\d+)?", joined)}
