"""The library that answers now: of the documents and the organisation of this office, exchanged when these change."""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from bot.readings import Readings
from db import KeptDocument, files, officers, outbox
from db import library as kept
from db.store import Connection, Store
from handlers import Attachment, Reading, Reply
from handlers.phrasebook import Phrases
from handlers.replies import letter
from handlers.shelving import ready_letters
from knowledge import Document, Union
from knowledge.amendments import amendments
from knowledge.index import Library, LibraryError, build_index, fingerprint, open_index
from knowledge.reading import ReadingError

log = structlog.get_logger()

NEWS = timedelta(hours=1)
"""A document that was put in longer ago is no news to whoever did it."""


@dataclass(frozen=True)
class Holdings:
    """What a library is made of: the documents that the office keeps, and its unions."""

    documents: tuple[KeptDocument, ...] = ()
    unions: tuple[Union, ...] = ()


@dataclass(frozen=True)
class Shipped:
    """What comes with the program: its documents, its unions, and the library that is made of both."""

    library: Library
    documents: Callable[[], tuple[Document, ...]] = tuple
    unions: frozenset[Union] = frozenset()


@dataclass
class _Lent:
    """A library with the number of turns that use it; it is closed after the last one once it is `out`."""

    library: Library
    turns: int = 0
    out: bool = False


@dataclass
class Shelf:
    """Lends the library to turns, and exchanges it for a newer one between them.

    An index is a file of `folder` named after what it is made of, so that every process of the office finds the one
    that another has built. Without a `folder` the shipped library stands for good.
    """

    store: Store
    shipped: Shipped
    folder: Path | None = None
    name: str = "office"
    _heard: tuple[int, int] = (0, 0)
    _seen: tuple[int, int] = (0, 0)
    _holdings: Holdings | None = None
    _current: _Lent = field(init=False)
    _door: threading.Lock = field(default_factory=threading.Lock)
    _work: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin with the shipped library."""
        self._current = _Lent(self.shipped.library)

    @property
    def readings(self) -> Readings:
        """What was read of the files of this office."""
        assert self.folder is not None
        return Readings(self.folder / f"{self.name}-readings")

    def remember(self, file: Attachment, reading: Reading) -> None:
        """Note what was read of a file before its turn: it may be confirmed in a moment."""
        if self.folder is not None and not reading.refused:
            self.readings.keep(file.name, file.content, [each.document for each in reading.documents])

    @property
    def library(self) -> Library:
        """The library that answers now; a turn borrows it instead (`lent`), so that it stays open to its end."""
        return self._current.library

    @contextmanager
    def lent(self) -> Iterator[Library]:
        """The library for one turn."""
        with self._door:
            lent = self._current
            lent.turns += 1
        try:
            yield lent.library
        finally:
            with self._door:
                lent.turns -= 1
                self._close_unused(lent)

    def hear(self, connection: Connection) -> None:
        """Look, at the end of a turn, whether documents came or went."""
        if self.folder is not None:
            self._heard = kept.version(connection)

    @property
    def is_behind(self) -> bool:
        """Whether documents came or went since the library was last looked after."""
        return self._heard != self._seen

    def catch_up(self, now: datetime, *, anew: bool = False) -> bool:
        """Exchange the library where documents, unions or the day ask for another one; true when that was done. With
        `anew` the index is built even where it is there.

        Takes seconds where an index has to be built; turns go on with the old one meanwhile, and keep it when that
        fails: then administrators get a letter.
        """
        if self.folder is None:
            return False
        with self._work:
            with self.store.transaction() as connection:
                version, holdings = kept.version(connection), Holdings(kept.standing(connection), ())
                holdings = replace(holdings, unions=kept.reached(connection, now.date()))
                # Here, where no turn is at its end: what the next one hears must not be overwritten.
                self._heard = self._seen = version
            if holdings == self._holdings:
                return False
            try:
                library = self._opened(holdings, self.folder, anew)
            except Exception as error:
                # Whatever it was, the old library answers, and it is tried again at the next ring.
                log.error("library not built", reason=f"{type(error).__name__}: {error}")
                self._tell(_mark(holdings), now)
                return False
            self._exchange(library)
            self._holdings = holdings
            self._say_ready(holdings.documents, now)
            return True

    def close(self) -> None:
        """Give back the library, unless it is the shipped one, which belongs to who opened it."""
        self._exchange(self.shipped.library)

    def _opened(self, holdings: Holdings, folder: Path, anew: bool) -> Library:
        if not holdings.documents and frozenset(holdings.unions) in (frozenset(), self.shipped.unions):
            return self.shipped.library
        file = folder / f"{self.name}-{_mark(holdings)}.sqlite"
        try:
            if anew:
                self._build(file, holdings)
            library = open_index(file)
        except LibraryError:
            self._build(file, holdings)
            library = open_index(file)
        # What documents change in each other is found before the first question needs it.
        amendments(library)
        for other in folder.glob(f"{self.name}-*.sqlite"):
            if other != file:
                other.unlink(missing_ok=True)
        return library

    def _build(self, file: Path, holdings: Holdings) -> None:
        """Build beside the place: two processes may do so at once, and what is moved there is whole."""
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=file.parent) as folder:
            beside = Path(folder) / file.name
            build_index(beside, self._documents(holdings), holdings.unions)
            shutil.move(beside, file)

    def _documents(self, holdings: Holdings) -> Iterator[Document]:
        """The shipped documents of unions that this office has, then its own."""
        codes = {union.code for union in holdings.unions}
        yield from (each for each in self.shipped.documents() if each.scope in codes)
        yield from self._own(holdings.documents)

    def _own(self, documents: Iterable[KeptDocument]) -> Iterator[Document]:
        """The documents that the office keeps; one that cannot be read any more is left out, and logged."""
        used = set()
        for number, parts in groupby(documents, key=lambda each: each.file):
            with self.store.transaction() as connection:
                file = files.get(connection, number)
            assert file is not None
            used.add(self.readings.key(file.name, file.content))
            try:
                read = self.readings.read(file.name, file.content)
            except ReadingError as error:
                log.error("document not read", file=number, reason=str(error))
                continue
            yield from (replace(read[each.part], scope=each.union) for each in parts if each.part < len(read))
        self.readings.drop_all_but(used)

    def _tell(self, mark: str, now: datetime) -> None:
        phrases = Phrases("vi")
        with self.store.transaction() as connection:
            readers = [each for each in officers.everyone(connection) if each.role == "administrator"]
            said = Reply(phrases.say("library-not-built", moment=now))
            outbox.write(
                connection,
                [letter(each, f"library:{mark}:{now:%Y-%m-%d}:{each.id}", "library", said, now) for each in readers],
                now,
            )

    def _say_ready(self, documents: Iterable[KeptDocument], now: datetime) -> None:
        """Whoever put a document in hears that questions are answered from it now; the first process to get there
        tells."""
        fresh = [each for each in documents if now - each.since < NEWS]
        if not fresh:
            return
        with self.store.transaction() as connection:
            outbox.write(connection, ready_letters(connection, fresh, Phrases("vi"), now), now)

    def _exchange(self, library: Library) -> None:
        with self._door:
            before = self._current
            if before.library is library:
                return
            self._current, before.out = _Lent(library), True
            self._close_unused(before)

    def _close_unused(self, lent: _Lent) -> None:
        if lent.out and not lent.turns and lent.library is not self.shipped.library:
            lent.library.close()


def standing(store: Store, library: Library) -> Shelf:
    """A shelf on which one library stands for good."""
    return Shelf(store, Shipped(library))


def _mark(holdings: Holdings) -> str:
    """What tells one library from another: its unions, its documents, and the reader that reads them."""
    digest = sha256(fingerprint((), holdings.unions).encode())
    for each in holdings.documents:
        digest.update(f"{each.id} {each.file} {each.part} {each.union} {each.digest}\n".encode())
    return digest.hexdigest()[:16]
