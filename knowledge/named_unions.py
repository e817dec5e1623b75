"""The names of unions in a question: what stands in one is no subject of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.index import Library
from knowledge.lexicon import phrase
from knowledge.terms import Term
from knowledge.vietnamese import fold

_WHOLE_NAME = 3
_WHAT_ALL_ARE = re.compile(r"^\s*(?:CĐCS|Công đoàn cơ sở|Công đoàn)\s+", re.IGNORECASE)


@lru_cache(maxsize=8)
def assigned_names(library: Library) -> frozenset[str]:
    """The unions to which tables assign figures, as searchable words without what all of them begin with."""
    names = {target.unit_name for key in library.documents for target in library.targets(key) if target.unit_name}
    return frozenset(library.spelled(_WHAT_ALL_ARE.sub("", name.partition("(")[0])) for name in names)


@lru_cache(maxsize=8)
def all_names(library: Library) -> frozenset[str]:
    """The unions of tables and of the organisation, as searchable words."""
    return assigned_names(library) | {library.spelled(union.name) for union in library.unions.values()}


def in_names(terms: Sequence[Term], library: Library) -> tuple[Term, ...]:
    """Those of the terms that are parts of the names of unions."""
    names = all_names(library)
    return tuple(term for term in terms if not term.soft and any(term.spoken in name for name in names))


def names_in(words: str, library: Library) -> str:
    """The names of unions that stand in the words of a question, with or without their accents."""
    named = [name for name in assigned_names(library) if name in words or fold(name) in words]
    return " ".join(name.strip() for name in named)


def meant_as_named(terms: tuple[Term, ...], words: str, library: Library) -> tuple[Term, ...]:
    """The terms of a question, those in the name of a union that it names without their other wordings: "Hợp tác xã Rau
    sạch" asks for no figure of "doanh nghiệp"."""
    named = f" {names_in(words, library)} "
    return tuple(replace(term, written=(term.said,)) if term.spoken in named else term for term in terms)


def without_own_name(terms: tuple[Term, ...], words: str, own: str) -> tuple[Term, ...]:
    """The terms of a question about reports; the asker's own place, named in full ("trung tâm y tế báo cáo cho ai"), is
    who reports and no subject."""
    name = f" {phrase(_WHAT_ALL_ARE.sub('', own.partition('(')[0]))} "
    if len(name.split()) < _WHOLE_NAME or name not in words:
        return terms
    return tuple(replace(term, soft=True, must=False) if term.spoken in name else term for term in terms)
