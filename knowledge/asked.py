"""A question as it was understood, and who asks it: the words that the whole way to an answer shares."""

from dataclasses import dataclass

from knowledge import Language
from knowledge.places import Place
from knowledge.terms import Term


@dataclass(frozen=True)
class Asker:
    """Who asks: the code of their union, and the codes of the levels above it (`chain`, their own first)."""

    union: str
    chain: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question as it was understood. `words` are its tokens with accents restored and abbreviations spelled out, one
    space between and at both ends; `intents` name the rows of `question_words.toml` that it matches."""

    text: str
    language: Language
    words: str
    intents: frozenset[str]
    terms: tuple[Term, ...]
    years: tuple[int, ...] = ()
    cycle: str | None = None
    places: tuple[Place, ...] = ()
    levels: tuple[str, ...] = ()

    def wants(self, *intents: str) -> bool:
        """Whether any of these intents shows in the question."""
        return not self.intents.isdisjoint(intents)

    @property
    def subject(self) -> tuple[Term, ...]:
        """The terms that an answer should hold."""
        return tuple(term for term in self.terms if not term.soft)
