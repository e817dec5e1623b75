"""What is read out of documents for the index: targets, duties, obligations. The slow part of a build, so that many
documents are read in two processes."""

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context

from knowledge import Document
from knowledge.duties import read_duties, read_obligations
from knowledge.targets import read_targets

BATCH = 2_000
"""Passages that are worth starting processes for (they take half a second to come up)."""

_PROCESSES, _AT_ONCE = 2, 2

Fact = tuple[int, str, str]
"""The position of a passage, the sort of fact (target, duty, obligation), and the fact as JSON."""

Reader = Callable[[tuple[Document, ...]], Iterable[list[Fact]]]
"""From a batch of documents to the facts of each, which may still be under way when it returns."""


def facts_of(document: Document) -> list[Fact]:
    """What a document asks for, as rows of the index."""
    sorts = (
        ("target", read_targets(document)),
        ("duty", read_duties(document)),
        ("obligation", read_obligations(document)),
    )
    return [
        (fact.position, sort, json.dumps(vars(fact) | {"document": document.key}, ensure_ascii=False))
        for sort, facts in sorts
        for fact in facts
    ]


def batches(documents: Iterable[Document]) -> Iterator[tuple[Document, ...]]:
    """The documents in groups of `BATCH` passages or a little more, so that no more of them are held at a time."""
    batch: list[Document] = []
    passages = 0
    for document in documents:
        batch.append(document)
        passages += len(document.passages)
        if passages >= BATCH:
            yield tuple(batch)
            batch, passages = [], 0
    if batch:
        yield tuple(batch)


@contextmanager
def fact_reader() -> Iterator[Reader]:
    """Reads small batches here and full ones in processes of their own, which end with the block."""
    with ExitStack() as processes:
        pool: list[ProcessPoolExecutor] = []

        def read(batch: tuple[Document, ...]) -> Iterable[list[Fact]]:
            if not pool and sum(len(document.passages) for document in batch) < BATCH:
                return map(facts_of, batch)
            if not pool:
                # Spawned, not forked: a server that builds its index has threads.
                started = ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"))
                pool.append(processes.enter_context(started))
            return pool[0].map(facts_of, batch, chunksize=_AT_ONCE)

        yield read
