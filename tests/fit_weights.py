# ruff: noqa: T201
"""Fit the weights of `knowledge/weights.toml`, and say how they answer about documents that they were not fitted to.

    python -m tests.fit_weights                # measure: each folder of documents with weights fitted without it
    python -m tests.fit_weights --write        # and write the weights fitted to all of them

A case is a passage that may answer a question of `seen_questions`; it is right where it holds what the question's key
demands. Every question is asked twice: as it is, and with the passages that answer it taken out of the documents.
Then "not found" is the right answer, and the passages that look most like one are what the weights learn to refuse.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from knowledge import Answer, answering_duties, answering_passages, answering_reports
from knowledge.answers import answer
from knowledge.index import Library
from knowledge.inquiry import Inquiry
from knowledge.weighing import Evidence, weights
from tests.evaluation.score import has_fact, normalise, quote_contains
from tests.logistic import Row, chance, fitted
from tests.seen_questions import Libraries, Seen, seen_questions

WEIGHTS = Path(__file__).parent.parent / "knowledge" / "weights.toml"
_COUNTS = {(True, False): 1.0, (False, False): 3.0, (False, True): 0.5}
"""How much a case counts: answerable; not answerable, of which the lists hold few; its answer taken out."""
_BEST = 4
"""So many passages of a question are cases."""

Place = tuple[str, int]


@dataclass(frozen=True)
class Kind:
    """A kind of answer that is decided so: its way in `knowledge.answers`, how likely is sure enough, and how much of a
    question what answers it must cover."""

    name: str
    way: str
    sure: float
    least: float
    answers: Callable[[Inquiry], Answer | None]
    weighed: Callable[[Inquiry], Iterator[tuple[Place, Evidence]]]


def _passages(inquiry: Inquiry) -> Iterator[tuple[Place, Evidence]]:
    for hit, evidence in answering_passages.weighed(inquiry):
        yield (hit.document, hit.passage.position), evidence


def _actors(inquiry: Inquiry) -> Iterator[tuple[Place, Evidence]]:
    for rated, evidence in answering_duties.who_weighed(inquiry):
        yield (rated.duty.document, rated.duty.position), evidence


def _reports(inquiry: Inquiry) -> Iterator[tuple[Place, Evidence]]:
    listed = answering_reports.reports_weighed(inquiry) if answering_reports.named_beside_report(inquiry) else []
    for entry, evidence in listed:
        yield (entry.document, entry.position), evidence


KINDS = (
    Kind(
        "passage",
        "passage_answer",
        answering_passages.SURE,
        answering_passages.LEAST,
        answering_passages.passage_answer,
        _passages,
    ),
    Kind("who", "who_answer", answering_duties.SURE, answering_duties.LEAST, answering_duties.who_answer, _actors),
    Kind(
        "report",
        "report_answer",
        answering_reports.SURE,
        answering_reports.LEAST,
        answering_reports.report_answer,
        _reports,
    ),
)


@dataclass(frozen=True)
class Case:
    """A question that came to the passages: the evidence for each in their order, and which are right."""

    folder: str
    answerable: bool
    taken_out: bool
    passages: tuple[tuple[Evidence, bool], ...]


def cases(kind: Kind) -> Iterator[Case]:
    """Every seen question that comes to a kind of answer, and every answerable one with its answer taken out."""
    with Libraries() as libraries:
        for seen in seen_questions():
            library = libraries.of(seen.folder)
            holding = _holding(library, seen) if seen.row["expect"]["answerable"] else frozenset()
            yield from _case(kind, library, seen, holding, taken_out=False)
            if holding:
                yield from _case(kind, library, seen, holding, taken_out=True)


def _case(kind: Kind, library: Library, seen: Seen, holding: frozenset[Place], taken_out: bool) -> Iterator[Case]:
    listed = _asked(kind, library, seen, holding if taken_out else frozenset())
    answerable = bool(seen.row["expect"]["answerable"] and not taken_out)
    quoted = seen.row["expect"].get("quote_any") or not seen.row["expect"]["answerable"]
    if listed is None or (kind.name != "passage" and not quoted) or (answerable and not holding):
        return
    right = holding if answerable else frozenset()
    yield Case(seen.folder, answerable, taken_out, tuple((evidence, place in right) for place, evidence in listed))


def _asked(kind: Kind, library: Library, seen: Seen, without: frozenset[Place]) -> list[tuple[Place, Evidence]] | None:
    """What is weighed for a question that comes to a kind of answer, where it does, without some passages."""
    asked: list[Inquiry] = []
    holds = Inquiry.holds

    def spied(inquiry: Inquiry) -> Answer | None:
        asked.append(inquiry)
        return kind.answers(inquiry)

    def kept(inquiry: Inquiry, key: str, position: int, words: str = "") -> bool:
        return (key, position) not in without and holds(inquiry, key, position, words)

    unit = seen.row["unit"]
    with patch(f"knowledge.answers.{kind.way}", spied), patch.object(Inquiry, "holds", kept):
        answer(
            library,
            seen.row["question"],
            union=unit,
            chain=library.chain(unit),
            history=seen.row["history"],
            today=seen.today,
        )
        return list(kind.weighed(asked[-1])) if asked else None


def _holding(library: Library, seen: Seen) -> frozenset[Place]:
    """The passages in scope that hold what the key of a question demands."""
    expect = seen.row["expect"]
    quotes, facts = expect.get("quote_any") or (), expect.get("must_include") or ()
    places = []
    for key in library.scope(library.chain(seen.row["unit"])):
        for passage in library.passages(key):
            quoted = any(quote_contains(passage.text, quote) for quote in quotes)
            if quoted or (not quotes and facts and all(has_fact(normalise(passage.text), fact) for fact in facts)):
                places.append((key, passage.position))
    return frozenset(places)


def _rows(listed: Sequence[Case]) -> list[Row]:
    return [
        Row(tuple(evidence.values()), right, _COUNTS[case.answerable, case.taken_out])
        for case in listed
        for evidence, right in case.passages[:_BEST]
    ]


def measured(kind: Kind, listed: Sequence[Case], fit: Sequence[float]) -> Counter[str]:
    """How weights answer: right, wrong and not at all where there is an answer, at all where there is none."""
    counts: Counter[str] = Counter()
    for case in listed:
        sure = (
            right
            for evidence, right in case.passages
            if evidence["covered"] >= kind.least and chance(fit, evidence.values()) >= kind.sure
        )
        said = next(sure, None)
        sort = "answerable" if case.answerable else "taken out" if case.taken_out else "unanswerable"
        counts[sort] += 1
        counts[f"{sort}, answered"] += said is not None
        counts["right"] += bool(said)
    return counts


def _line(name: str, counts: Counter[str]) -> str:
    said = counts["answerable, answered"]
    return (
        f"{name:14}{counts['right']:5} of {counts['answerable']} right, {said - counts['right']} wrong; answered though"
        f" there is none: {counts['unanswerable, answered']} of {counts['unanswerable']}, taken out:"
        f" {counts['taken out, answered']} of {counts['taken out']}"
    )


def main() -> None:
    """Fit, measure, and write the weights where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights fitted to all documents")
    write = parser.parse_args().write
    texts = [_section(kind) for kind in KINDS]
    if write:
        head = "# The weights of the features of weighing.py, written by `python -m tests.fit_weights --write`.\n"
        WEIGHTS.write_text(head + "\n".join(texts), encoding="utf-8")


def _section(kind: Kind) -> str:
    """The weights of a kind of answer fitted to all documents, after saying how they do on others."""
    print(f"--- {kind.name}")
    listed = [case for case in cases(kind) if case.passages]
    names = list(listed[0].passages[0][0])
    whole: Counter[str] = Counter()
    for folder in sorted({case.folder for case in listed}):
        others = fitted(_rows([case for case in listed if case.folder != folder]))
        found = measured(kind, [case for case in listed if case.folder == folder], others)
        print(_line(folder, found))
        whole += found
    print(_line("all, unseen", whole))
    standing = [weights(kind.name).get(name, 0.0) for name in ("even", *names)]
    print(_line("as it stands", measured(kind, listed, standing)))
    best = fitted(_rows(listed))
    print(_line("fitted to all", measured(kind, listed, best)))
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(("even", *names), best, strict=True)]
    return "\n".join((f"[{kind.name}]", *lines, ""))


if __name__ == "__main__":
    main()
