"""What is typed without accents may be read in more than one way ("cong nhan" is công nhân or công nhận). Where the
documents write both as a word, a term is found in either: the passages decide."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.spelling import Spelling
from knowledge.terms import Term
from knowledge.vietnamese import fold

_COHESION = 0.1


def with_other_readings(terms: Sequence[Term], typed: Sequence[str], spelling: Spelling) -> tuple[Term, ...]:
    """The terms of a question; those of two syllables that were typed without accents, with their other readings."""
    text = f" {' '.join(typed)} "
    return tuple(_in_either(term, text, spelling) for term in terms)


def _in_either(term: Term, text: str, spelling: Spelling) -> Term:
    words = term.said.split()
    if len(words) != 2 or term.soft or term.said in text or f" {fold(term.said)} " not in text:
        return term
    others = tuple(pair for pair in _words_of(fold(words[0]), fold(words[1]), spelling) if pair not in term.written)
    return replace(term, written=(*term.written, *others)) if others else term


def _words_of(left: str, right: str, spelling: Spelling) -> Iterator[str]:
    """The words of the documents that are written so without their accents."""
    for one in spelling.forms.get(left, ()):
        for other in spelling.forms.get(right, ()):
            if spelling.cohesion(one, other) >= _COHESION:
                yield f"{one} {other}"
