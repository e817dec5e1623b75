"""A question together with where its answer may stand, and the small steps that every kind of answer shares."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge import Answer, Arithmetic, Citation, Document, Finding, Outcome, Passage, Target, Union
from knowledge.amendments import InForce, in_force
from knowledge.index import Library
from knowledge.lexicon import parted
from knowledge.places import AREA
from knowledge.question import Asker, Question
from knowledge.search import Hit, closeness, coverage, find, occurrences, share, title_words
from knowledge.sections import item_text
from knowledge.terms import Term

_IN_SHORT = (("Liên đoàn Lao động", "LĐLĐ"), ("Ủy ban nhân dân|Uỷ ban nhân dân", "UBND"), ("Công đoàn cơ sở", "CĐCS"))
OF_LEVEL = {
    "grassroots": ("công đoàn cơ sở",),
    "district": ("công đoàn cấp trên trực tiếp cơ sở", "liên đoàn lao động huyện", "liên đoàn lao động quận"),
    "province": ("liên đoàn lao động tỉnh", "liên đoàn lao động thành phố"),
}
"""What plans call the unions of a level."""
LONGEST = 460
SMALL, FEW = 600, 40
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
        unassigned: bool = False,
    ) -> Answer:
        """An answer to this question."""
        return Answer(
            outcome=outcome,
            kind=kind,
            language=self.question.language,
            findings=self._with_changes(findings),
            arithmetic=arithmetic,
            whose=self.whose,
            topic=" ".join(term.said for term in self.question.subject) or None,
            period=period or ", ".join(map(str, self.question.years)) or None,
            more=tuple(more),
            unassigned=unassigned,
        )

    def _with_changes(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings; behind each that bears a figure or a day which is now another, the words that changed it."""
        told: list[Finding] = []
        for finding in findings:
            told += [
                finding,
                *(each for each in self._changed_in(finding) if each.citation not in _cited(findings, told)),
            ]
        return tuple(told)

    def _changed_in(self, finding: Finding) -> Iterator[Finding]:
        for (key, _), changes in self.in_force.touched.items():
            if self.library.documents[key].file == finding.citation.file and not finding.replaces:
                for change in changes:
                    if change.stood in finding.citation.quote or finding.citation.quote in change.stood:
                        text = self.library.passage(change.document, change.position).text
                        yield self.finding(change.document, change.position, shortened(item_text(text)))

    def cite(self, key: str, section: str, quote: str) -> Citation:
        """A citation of one of the documents."""
        document = self.library.documents[key]
        union = self.library.unions.get(document.scope)
        return Citation(label(document, union), document.file, section, quote, issuer_of(document, union))

    def finding(
        self,
        key: str,
        position: int,
        words: str,
        quote: str | None = None,
        target: Target | None = None,
        actor: str | None = None,
    ) -> Finding:
        """The words of a passage, cited with the whole clause (`quote`) or the whole passage."""
        passage = self.library.passage(key, position)
        change = self.in_force.made.get((key, position))
        replaces = change and (change.replaced and not change.repeals)
        earlier = self.cite(change.amended, change.section, "") if change and replaces else None
        # The paragraphs of a new wording bear the numbers that they get in the earlier document.
        section = self.library.passage(key, change.position).section if change else passage.section
        cited = self.cite(key, section, quote or passage.text)
        return Finding(_unquoted(words), cited, target, actor, replaces=earlier)

    @cached_property
    def in_force(self) -> InForce:
        """What these documents, and the others that their unions see, have changed in each other by today."""
        library = self.library
        scopes = dict.fromkeys(library.documents[key].scope for key in self.keys)
        seen = (*self.keys, *(key for scope in scopes for key in library.scope(library.chain(scope))))
        return in_force(library, seen, self.today)

    def holds(self, key: str, position: int, words: str = "") -> bool:
        """Whether a passage is in force, and these words of it: no later document replaced or repealed them."""
        return self.in_force.holds(key, position, words)

    def clauses(self, key: str, position: int) -> tuple[tuple[str, str], ...]:
        """The clauses of a passage that are in force, as `Library.clauses` gives them."""
        listed = self.library.clauses(key, position)
        return tuple(each for each in listed if self.holds(key, position, each[0])) or listed

    @cached_property
    def hits(self) -> list[Hit]:
        """The passages that speak of the question, best first."""
        found = find(self.library, self.question.terms, self.keys)
        return [hit for hit in found if self.holds(hit.document, hit.passage.position)]

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
            listed = self.library.passages(key)
            yield from ((key, passage) for passage in listed if self.holds(key, passage.position))

    def reached(self) -> Callable[[str, int], bool]:
        """Whether the question leads to a passage (document, position); in a small library all are looked at."""
        if not self.question.terms or self.is_small:
            return lambda key, position: True
        places = {(hit.document, hit.passage.position) for hit in self.hits}
        return lambda key, position: (key, position) in places

    @cached_property
    def keys_reached(self) -> tuple[str, ...]:
        """The documents worth a look: all of a few, of many those that the question leads to."""
        if not self.question.terms or self.is_small or len(self.keys) <= FEW:
            return self.keys
        led = {hit.document for hit in self.hits}
        return tuple(key for key in self.keys if key in led)

    def title_share(self, key: str, terms: Iterable[Term]) -> float:
        """How much of these terms the title and the issuer of a document hold."""
        return coverage(terms, title_words(self.library, key))


def label(document: Document, union: Union | None = None) -> str:
    """A document as people call it: its kind and number, or its kind and issuer where it has no number."""
    if document.number:
        return f"{document.kind} {document.number}"
    issuer = issuer_of(document, union)
    return f"{document.kind} của {issuer}" if issuer else document.kind


def issuer_of(document: Document, union: Union | None = None) -> str:
    """Who issued a document, in short; the place is added from its head, or from the name of the union whose document
    it is, where the issuer is named by its level alone ("… Liên đoàn Lao động huyện")."""
    issuer = document.issuer or ""
    for long, short in _IN_SHORT:
        issuer = re.sub(long, short, issuer, flags=re.IGNORECASE)
    level = re.search(rf"\b({AREA})$", issuer, re.IGNORECASE)
    if not level:
        return issuer
    bearer = re.search(rf"\b{level[1]}\s+([^(]+)", union.name, re.IGNORECASE) if union else None
    place = document.place or (bearer[1].strip() if bearer else "")
    return f"{issuer} {place}".strip()


def _unquoted(words: str) -> str:
    """The words of a clause that a later document puts in quotation marks as a whole, without these."""
    bare = words.strip()
    return bare[1:-1] if re.fullmatch(r"“[^“”]+”|\"[^\"]+\"", bare) else words


def _cited(*groups: Sequence[Finding]) -> list[Citation]:
    return [each.citation for group in groups for each in group]


def holds_required(terms: Iterable[Term], *texts: str) -> bool:
    """Whether every term that must be held stands in one of the texts."""
    return all(max(share(term, text) for text in texts) >= _HELD for term in terms if term.must)


def is_named_in(inquiry: Inquiry, actor: str | None, words: str) -> bool:
    """Whether words name their actor themselves; true where nobody is known."""
    name = inquiry.library.spelled(actor or "").strip()
    return not name or name in inquiry.library.spelled(words)


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
