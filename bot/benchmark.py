"""What `congdoan bench knowledge` measures: the shipped plans, and a large library made of varied copies of them."""

import os
import platform
import re
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bot import asking
from bot.app import ORGANISATION, read_organisation
from knowledge import Document, Union
from knowledge.index import Library, build_index, open_index
from knowledge.reading import read_corpus
from knowledge.vietnamese import fold

_NUMBER = re.compile(r"(?<![\d/.,-])\d{1,3}(?![\d/.,-])")
_SEEN = 1_000
_QUESTIONS = 120
_ROUNDS = 3
_WORDS = 12


@dataclass(frozen=True)
class Measure:
    """One line of the table: what was measured, how it came out on this machine, what the project asks for."""

    what: str
    measured: str
    bar: str


def measures(passages: int, today: date, progress: Callable[[int], None], rounds: int = _ROUNDS) -> Iterator[Measure]:
    """Every measure in turn; `progress` hears the passages of the large library as they are indexed.

    Each question is asked once to warm what is kept, then timed `rounds` times.
    """
    yield Measure("machine", f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}", "")
    shipped = read_corpus()
    with TemporaryDirectory() as folder:
        small = Path(folder) / "small.sqlite"
        build_index(small, shipped, read_organisation(ORGANISATION))
        with closing(open_index(small)) as library:
            units = [code for code in library.unions if library.scope(library.chain(code))]
            yield _answers("the shipped plans", library, units, today, rounds, "5 / 20 ms")
        yield from _large(Path(folder) / "large.sqlite", shipped, passages, today, progress, rounds)


def _large(
    file: Path,
    shipped: Sequence[Document],
    passages: int,
    today: date,
    progress: Callable[[int], None],
    rounds: int,
) -> Iterator[Measure]:
    each = sum(len(document.passages) for document in shipped)
    copies = ceil(passages / each)
    before, began = peak_memory(), perf_counter()
    build_index(file, varied(shipped, copies), ladder(copies), progress)
    seconds = perf_counter() - began
    speed = f"{copies * each / seconds:,.0f} passages/s"
    yield Measure(f"index build, {copies * each:,} passages", speed, "2,000 passages/s")
    yield Measure("peak memory while building", f"{peak_memory()} MB (before: {before} MB)", "flat")
    with closing(open_index(file)) as library:
        size = f"{library.size:,} passages"
        some, every = f"C{min(copies, ceil(_SEEN / each))}", f"C{copies}"
        yield _answers(f"{size}, {_in_scope(library, some):,} in scope", library, [some], today, rounds, "10 / 40 ms")
        yield _answers(f"{size}, all in scope", library, [every], today, rounds, "40 / 120 ms")
    yield Measure("peak memory", f"{peak_memory()} MB", "")


def ladder(copies: int) -> tuple[Union, ...]:
    """Unions that stand one above the other, so that the asker's place says how much of the library is in scope."""
    return tuple(Union(f"C{n}", f"C{n}", "province", f"C{n - 1}" if n > 1 else "") for n in range(1, copies + 1))


def varied(shipped: Sequence[Document], copies: int) -> Iterator[Document]:
    """Copies of documents, each with figures of its own (years and dates stay), one after the other."""
    for number in range(1, copies + 1):
        for document in shipped:
            passages = tuple(replace(passage, text=_other(passage.text, number)) for passage in document.passages)
            yield replace(document, key=f"{document.key}-{number}", scope=f"C{number}", passages=passages)


def _other(text: str, number: int) -> str:
    return _NUMBER.sub(lambda found: str((int(found[0]) + number) % 1000), text)


def questions(library: Library, units: Sequence[str]) -> list[tuple[str, str]]:
    """Questions (union, words) in the documents' own terms: what a target is called with its period, the last heading
    above a passage; every other one typed without accents."""
    asked: dict[tuple[str, str], None] = {}
    for unit in units:
        for key in library.scope(library.chain(unit))[:_WORDS]:
            for target in library.targets(key):
                asked[unit, f"{_cut(target.label)} {target.period or ''}".strip()] = None
            for passage in library.passages(key):
                asked[unit, _cut(passage.heading.rpartition(" / ")[2])] = None
    listed = [entry for entry in asked if entry[1]]
    chosen = listed[:: max(1, len(listed) // _QUESTIONS)][:_QUESTIONS]
    return [(unit, fold(words) if place % 2 else words) for place, (unit, words) in enumerate(chosen)]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values (0 to 1) do not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def peak_memory() -> int:
    """The most memory that this process has held so far, in MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held // (1024 * 1024 if sys.platform == "darwin" else 1024)


def _answers(what: str, library: Library, units: Sequence[str], today: date, rounds: int, bar: str) -> Measure:
    asked = questions(library, units)
    asking.warm(library)
    times = []
    for number in range(rounds + 1):
        for unit, words in asked:
            took = asking.as_json(library, unit, words, (), today)["ms"]
            if number:
                times.append(took)
    spent = f"{percentile(times, 0.5):.1f} / {percentile(times, 0.99):.1f} ms"
    return Measure(f"answer p50 / p99, {what}", spent, bar)


def _in_scope(library: Library, unit: str) -> int:
    return sum(library.lengths[key] for key in library.scope(library.chain(unit)))


def _cut(words: str) -> str:
    return " ".join(words.split()[:_WORDS])
