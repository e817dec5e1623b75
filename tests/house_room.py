"""The house as data: its files by path, and what a Python file of it imports."""

import ast
import fnmatch
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "db", "handlers", "knowledge", "scheduler")

House = Mapping[str, str]
"""The text files of the repository: path from its root → text."""


@cache
def the_house() -> House:
    """Every text file that git would track: all but what .gitignore names."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()] + [".git"]
    files = {}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)]
        for path in (Path(folder, name) for name in names):
            try:
                files[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a picture, a document: nothing to read here
    return files


def sources(house: House, *folders: str) -> dict[str, str]:
    """The Python files of these folders, of every room where none is named."""
    folders = folders or tuple(f"{room}/" for room in ROOMS)
    return {path: text for path, text in house.items() if path.endswith(".py") and path.startswith(folders)}


@cache
def tree(text: str) -> ast.Module:
    """A Python file, parsed once."""
    return ast.parse(text)


def dotted(node: ast.expr) -> str:
    """`datetime.datetime.now` of an attribute chain, without what is called or indexed on the way."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported(text: str) -> Iterator[str]:
    """Every module that a file imports, dotted; `from handlers import ask` gives `handlers.ask`."""
    for node in ast.walk(tree(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
