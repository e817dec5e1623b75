"""What was read of files, kept on disk beside the index: a library is built anew without opening them again."""

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from knowledge import Document, Passage
from knowledge.index import fingerprint
from knowledge.reading import read_bytes


@dataclass(frozen=True)
class Readings:
    """Readings in a folder, each named after the file's name and content and after the reader: another version of the
    program reads anew. What is lost or damaged here is read again."""

    folder: Path

    def key(self, name: str, content: bytes) -> str:
        """What a reading of this file is called."""
        digest = sha256(fingerprint((), ()).encode())
        digest.update(name.encode() + b"\0" + content)
        return digest.hexdigest()[:32]

    def read(self, name: str, content: bytes) -> tuple[Document, ...]:
        """The documents of a file; raises `ReadingError`."""
        file = self._file(self.key(name, content))
        with suppress(OSError, ValueError, KeyError, TypeError):
            return tuple(_document(each) for each in json.loads(file.read_text(encoding="utf-8")))
        documents = read_bytes(content, name)
        self.keep(name, content, documents)
        return documents

    def keep(self, name: str, content: bytes, documents: Collection[Document]) -> None:
        """Note what was read of a file; a full disk loses only time."""
        text = json.dumps([asdict(each) for each in documents], ensure_ascii=False, default=str)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", encoding="utf-8", dir=self.folder, delete=False) as unfinished:
                unfinished.write(text)
            Path(unfinished.name).replace(self._file(self.key(name, content)))

    def drop_all_but(self, keys: Collection[str]) -> None:
        """Forget the readings of files that no library needs any more."""
        for file in self.folder.glob("*"):
            if file.stem not in keys:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _document(data: dict[str, Any]) -> Document:
    issued = data["issued_on"]
    read = {
        "issued_on": date.fromisoformat(issued) if issued else None,
        "legal_bases": tuple(data["legal_bases"]),
        "recipients": tuple(data["recipients"]),
        "short_forms": tuple((short, long) for short, long in data["short_forms"]),
        "passages": tuple(Passage(**each) for each in data["passages"]),
    }
    return Document(**data | read)
