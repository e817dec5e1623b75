"""Texts that a question names: by the number of a document ("130/KH-LĐLĐ") or of an article ("Điều 12")."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from knowledge.vietnamese import fold

_NUMBER = re.compile(r"\d[\d/]*[-/][^\W\d_][^\s\"]*")
_ARTICLE = re.compile(r"\d+[^\W\d_]?|[ivxl]+")
_UNITS = frozenset({"điều", "mục", "chương", "phần"})


def is_document_number(token: str) -> bool:
    """Whether a token is the number of a document, with its letters."""
    return _NUMBER.fullmatch(token) is not None


def numbers_by_folded(words: Iterable[str]) -> dict[str, str]:
    """The document numbers among these words by how they are typed without accents."""
    return {fold(word): word for word in words if is_document_number(word)}


def with_accents(tokens: Iterable[str], numbers: Mapping[str, str]) -> list[str]:
    """The tokens with document numbers as the collection writes them."""
    return [numbers.get(fold(token), token) if is_document_number(token) else token for token in tokens]


def naming(tokens: Sequence[str]) -> str:
    """The FTS5 expression for the texts that these tokens name, empty where they name none: a document number wherever
    it stands, an article where it heads the text."""
    numbers = [f'{{title body}} : "{token}"' for token in tokens if is_document_number(token)]
    heads = [f"{left} {right}" for left, right in pairwise(tokens) if left in _UNITS and _ARTICLE.fullmatch(right)]
    articles = [f'(title : "{head}" OR body : ^"{head}")' for head in heads]
    return " OR ".join(dict.fromkeys((*numbers, *articles)))
