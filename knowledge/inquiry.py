"""A question together with where its answer may stand, and the small steps that every kind of answer shares."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge import Answer, Arithmetic, Citation, Document, Finding, Outcome, Passage, Target
from knowledge.index import Library
from knowledge.lexicon import parted
from knowledge.question import Asker, Question
from knowledge.search import Hit, closeness, coverage, find, occurrences, share, title_words
from knowledge.terms import Term

LONGEST = 460
SMALL = 600
_HELD = 0.5


@dataclass(frozen=True)
class Inquiry:
    """What is asked (`question`), by whom, on what day, and in which documents (`keys`, nearest union first) the answer
    may stand; `whose` names the place where it is not the asker's own."""

    library: Library
    question: Question
    asker: Asker
    keys: tuple[str, ...]
    today: date
    whose: str | None = None

    def answer(
        self,
        kind: str,
        findings: Sequence[Finding],
        *,
        outcome: Outcome = "found",
        arithmetic: Arithmetic | None = None,
        period: str | None = None,
        more: Sequence[Finding] = (),
    ) -> Answer:
        """An answer to this question."""
        return Answer(
            outcome=outcome,
            kind=kind,
            language=self.question.language,
            findings=tuple(findings),
            arithmetic=arithmetic,
            whose=self.whose,
            topic=" ".join(term.said for term in self.question.subject) or None,
            period=period or ", ".join(map(str, self.question.years)) or None,
            more=tuple(more),
        )

    def cite(self, key: str, section: str, quote: str) -> Citation:
        """A citation of one of the documents."""
        document = self.library.documents[key]
        return Citation(label(document), document.file, section, quote)

    def finding(
        self, key: str, position: int, words: str, quote: str | None = None, target: Target | None = None
    ) -> Finding:
        """The words of a passage, cited with the whole clause (`quote`) or the whole passage."""
        passage = self.library.passage(key, position)
        return Finding(words, self.cite(key, passage.section, quote or passage.text), target)

    @cached_property
    def hits(self) -> list[Hit]:
        """The passages that speak of the question, best first."""
        return find(self.library, self.question.terms, self.keys)

    @property
    def is_small(self) -> bool:
        """Whether the documents in scope are few enough to look at all of their passages."""
        return sum(self.library.lengths[key] for key in self.keys) <= SMALL

    def passages(self) -> Iterator[tuple[str, Passage]]:
        """The passages worth a look, each with the key of its document."""
        if not self.is_small:
            yield from ((hit.document, hit.passage) for hit in self.hits)
            return
        for key in self.keys:
            yield from ((key, passage) for passage in self.library.passages(key))

    def reached(self) -> Callable[[str, int], bool]:
        """Whether the question leads to a passage (document, position); in a small library all are looked at."""
        if not self.question.terms or self.is_small:
            return lambda key, position: True
        places = {(hit.document, hit.passage.position) for hit in self.hits}
        return lambda key, position: (key, position) in places

    def title_share(self, key: str, terms: Iterable[Term]) -> float:
        """How much of these terms the title and the issuer of a document hold."""
        return coverage(terms, title_words(self.library, key))


def label(document: Document) -> str:
    """A document as people call it: its kind and number, or its kind and issuer where it has no number."""
    if document.number:
        return f"{document.kind} {document.number}"
    return f"{document.kind} – {document.issuer}" if document.issuer else document.kind


def holds_required(terms: Iterable[Term], *texts: str) -> bool:
    """Whether every term that must be held stands in one of the texts."""
    return all(max(share(term, text) for text in texts) >= _HELD for term in terms if term.must)


def shortened(text: str, limit: int = LONGEST) -> str:
    """The text cut to `limit` characters at the end of a word, with an ellipsis where something was cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


def window(clauses: Sequence[tuple[str, str]], terms: Sequence[Term], limit: int = LONGEST) -> str:
    """The neighbouring clauses (text, words) that hold most of the terms within `limit` characters."""
    whole = " ".join(text for text, _ in clauses)
    if len(whole) <= limit:
        return whole
    best, best_value = "", -1.0
    for start in range(len(clauses)):
        end = start + 1
        while end < len(clauses) and _length(clauses[start : end + 1]) <= limit:
            end += 1
        words = " ".join(words for _, words in clauses[start:end])
        value = coverage(terms, words) + 0.1 * closeness(terms, words) + 0.02 * min(occurrences(terms, words), 8)
        if value > best_value:
            best, best_value = " ".join(text for text, _ in clauses[start:end]), value
    return stretch(best, terms, limit)


def _length(clauses: Sequence[tuple[str, str]]) -> int:
    return sum(len(text) + 1 for text, _ in clauses)


def stretch(text: str, terms: Sequence[Term], limit: int) -> str:
    """A clause that is itself too long, cut to its stretch between commas that holds most of the terms."""
    if len(text) <= limit:
        return text
    parts = text.split(", ")
    best, best_value = shortened(text, limit), -1.0
    for start in range(len(parts)):
        cut = shortened(", ".join(parts[start:]), limit)
        value = coverage(terms, parted(cut)) + 0.1 * closeness(terms, parted(cut)) - 0.01 * start
        if value > best_value:
            best, best_value = ("… " if start else "") + cut, value
    return best
