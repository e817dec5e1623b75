"""Rules of the house that no linter knows. Each complaint says where, and what to do.

A rule is a function from the house (its files, by path) to complaints; the last table proves that each rule can fail.
"""

import ast
import fnmatch
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from tests.house_room import ROOMS, House, dotted, imported, sources, the_house, tree

OWNERS = {
    "aiogram": "bot/channels/telegram.py or bot/channels/telegram_calls.py or bot/speed_echo.py",
    "alembic": "db/*",
    "aiohttp": "bot/*",
    "apscheduler": "scheduler/ticker.py",
    "docx": "knowledge/reading.py or handlers/paper.py",
    "fluent": "handlers/phrasebook.py",
    "PIL": "handlers/pictures.py",
    "holidays": "scheduler/report_calendar.py",
    "openpyxl": "handlers/spreadsheets.py",
    "segno": "handlers/pictures.py",
    "pdfminer": "knowledge/reading.py",
    "pdfplumber": "knowledge/reading.py",
    "prometheus_client": "bot/metrics.py",
    "psycopg": "db/*",
    "pypdf": "knowledge/reading.py",
    "sqlalchemy": "db/*",
    "sqlite_utils": "knowledge/index.py",
    "structlog": "bot/*",
}
"""Which files may import a library: everybody else asks them."""

FORBIDDEN_TEXT = {
    r"(?<![\w./-])/(?:root|home|tmp|work)/": "names a path of one machine: make it relative or a setting",
    r"https?://[^\s\"'`]*(?:pypi\.|pythonhosted|/simple\b)": "names a package index: leave it to the reader's pip",
    r"(?<!no-emit-)index-url\s*[= ]\s*\S+": "names a package index: leave it to the reader's pip",
}


# Rooms and files


def door_signs(house: House) -> Iterator[str]:
    signs = {f"{room}/__init__.py" for room in ROOMS}
    yield from (f"{path} is missing: every room has a door sign" for path in sorted(signs - house.keys()))
    for path, text in sources(house).items():
        if path.endswith("__init__.py") and ast.get_docstring(tree(text)) is None:
            yield f"{path}: begin it with a docstring that says what the folder is for"


def words_of_a_room(house: House) -> Iterator[str]:
    plain = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
    for room in ("handlers", "knowledge", "scheduler"):
        for node in tree(house.get(f"{room}/__init__.py", "")).body:
            signs = node.decorator_list if isinstance(node, ast.ClassDef) else []
            if not isinstance(node, plain) and not any("frozen=True" in ast.unparse(sign) for sign in signs):
                yield f"{room}/__init__.py:{node.lineno}: only frozen dataclasses, aliases, constants; give it a file"


def names_that_say_nothing(house: House) -> Iterator[str]:
    for path in sources(house):
        for part in PurePosixPath(path).with_suffix("").parts:
            if part in {"models", "utils", "util", "helpers", "common", "misc"}:
                yield f"{path}: {part!r} says nothing; name it after what it does"


def sizes(house: House) -> Iterator[str]:
    for path, text in sources(house).items():
        if (lines := len(text.splitlines())) > 400:
            yield f"{path} has {lines} lines: split it by subject (400 at most)"
        for node in ast.walk(tree(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 40:
                    yield f"{path}:{node.lineno}: {node.name} has {lines} lines; take steps out of it (40 at most)"


def owned_libraries(house: House) -> Iterator[str]:
    for path, text in sources(house).items():
        for module in imported(text):
            owner = OWNERS.get(module.partition(".")[0])
            if owner and not any(fnmatch.fnmatch(path, each) for each in owner.split(" or ")):
                yield f"{path} imports {module}: only {owner} may; ask for what you need there"


def one_clock(house: House) -> Iterator[str]:
    for path, text in sources(house).items():
        calls = [node for node in ast.walk(tree(text)) if isinstance(node, ast.Call)]
        for call in calls if path != "bot/clock.py" else ():
            if re.search(r"\b(datetime|date)\.(now|today|utcnow)$|^time\.time$", dotted(call.func)):
                yield f"{path}:{call.lineno}: {dotted(call.func)}() reads the clock; take `now` as an argument"


def subjects_stand_alone(house: House) -> Iterator[str]:
    contracts = tomllib.loads(house["pyproject.toml"])["tool"]["importlinter"]["contracts"]
    subjects = {module for contract in contracts for module in contract.get("modules", ())}
    subjects |= {f"handlers.{name}" for name in ("intake", "join", "privacy", "progress", "staff")}
    for path, text in sources(house, "handlers/").items():
        own = path.removesuffix(".py").replace("/", ".")
        for module in imported(text) if own in subjects else ():
            other = ".".join(module.split(".")[:2])
            if other in subjects - {own}:
                yield f"{path} imports {other}: subjects do not import each other; put what both need into a third file"


# Phrases


class _Reader(Visitor):
    """What a phrase says, and the `$variables` and other phrases that it names."""

    def __init__(self, entry: fluent.EntryType) -> None:
        self.names: set[str] = set()
        self.text = ""
        self.visit(entry)

    def visit_TextElement(self, node: fluent.TextElement) -> None:  # noqa: N802
        self.text += node.value

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.names.add(f"${node.id.name}")

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def entries(house: House, language: str) -> Iterator[tuple[str, fluent.EntryType]]:
    for path, text in house.items():
        if path.startswith(f"handlers/phrases/{language}/") and path.endswith(".ftl"):
            yield from ((path, entry) for entry in FluentParser().parse(text).body)


def phrases(house: House, language: str) -> dict[str, set[str]]:
    """Each phrase with the names of what it uses."""
    messages = [entry for _, entry in entries(house, language) if isinstance(entry, fluent.Message)]
    return {message.id.name: _Reader(message).names for message in messages}


def phrases_are_readable(house: House) -> Iterator[str]:
    for language in ("vi", "en"):
        seen: Counter[str] = Counter()
        for path, entry in entries(house, language):
            if isinstance(entry, fluent.Junk):
                yield f"{path}: Fluent cannot read {(entry.content or '').strip()[:60]!r}; correct its syntax"
            elif isinstance(entry, fluent.Message | fluent.Term):
                seen[entry.id.name] += 1
        yield from (f"phrases/{language}: {name!r} stands there twice; keep one" for name in seen if seen[name] > 1)


def both_languages(house: House) -> Iterator[str]:
    vi, en = phrases(house, "vi"), phrases(house, "en")
    for name in sorted(vi.keys() ^ en.keys()):
        yield f"phrase {name!r} is missing in phrases/{'en' if name in vi else 'vi'}: translate it"
    for name in sorted(vi.keys() & en.keys()):
        if variables := {word for word in vi[name] ^ en[name] if word.startswith("$")}:
            yield f"phrase {name!r}: only one language uses {sorted(variables)}; give both the same variables"


def calm_phrases(house: House) -> Iterator[str]:
    for path, entry in entries(house, "vi"):
        if isinstance(entry, fluent.Message | fluent.Term) and "!" in _Reader(entry).text:
            yield f"{path}: {entry.id.name} has an exclamation mark; officers are spoken to calmly"


def spoken(house: House) -> tuple[set[str], list[str]]:
    """The texts by which code may name a phrase: whole literals, and patterns of f"prefix-{x}" literals."""
    literals, patterns = set(), []
    for text in sources(house, "handlers/", "bot/").values():
        for node in ast.walk(tree(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (pattern := phrase_pattern(node)):
                patterns.append(pattern)
    for path, text in house.items():
        if path.startswith(("handlers/forms/", "bot/pages/")):
            literals.update(re.findall(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", text))
    return literals, patterns


def phrase_pattern(node: ast.JoinedStr) -> str | None:
    """f"outcome-{x}" as a regular expression; `None` where it does not begin with words and a hyphen."""
    parts = [p.value if isinstance(p, ast.Constant) and isinstance(p.value, str) else None for p in node.values]
    if not parts[0] or not re.match(r"[a-z][a-z0-9]*-", parts[0]):
        return None
    return "".join("[a-z0-9-]+" if part is None else re.escape(part) for part in parts)


def no_forgotten_phrase(house: House) -> Iterator[str]:
    literals, patterns = spoken(house)
    known = phrases(house, "vi")
    literals |= set().union(*known.values())
    for name in sorted(known):
        if name not in literals and not any(re.fullmatch(pattern, name) for pattern in patterns):
            yield f"phrase {name!r} is said nowhere: remove it (a literal or an f-string 'prefix-{{x}}' would name it)"


def said_phrases_exist(house: House) -> Iterator[str]:
    known = phrases(house, "vi")
    for path, text in sources(house, "handlers/", "bot/").items():
        for node in ast.walk(tree(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
                said = node.args[0] if node.args else None
                if isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value not in known:
                    yield f"{path}:{node.lineno} says {said.value!r}: write that phrase in phrases/vi and phrases/en"
                pattern = phrase_pattern(said) if isinstance(said, ast.JoinedStr) else None
                if pattern and not any(re.fullmatch(pattern, name) for name in known):
                    yield f"{path}:{node.lineno} says {pattern!r}: no phrase in phrases/vi begins like that"


def user_text_is_in_phrases(house: House) -> Iterator[str]:
    for path, text in sources(house, "handlers/", "bot/").items():
        not_said = {id(node) for node in notes_and_patterns(tree(text))}
        for node in ast.walk(tree(text)):
            if isinstance(node, ast.Constant) and id(node) not in not_said and is_vietnamese(str(node.value)):
                yield f"{path}:{node.lineno}: {node.value!r:.40} is worded in Python; move it to handlers/phrases"


def notes_and_patterns(module: ast.Module) -> Iterator[ast.AST]:
    """The docstrings of a file, and the regular expressions with which it reads what people write."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.Call) and dotted(node.func).startswith("re.") and node.args:
            yield from ast.walk(node.args[0])


def is_vietnamese(text: str) -> bool:
    return bool(re.search(r"[đĐ]|[A-Za-z][\u0300-\u036f]", unicodedata.normalize("NFD", text)))


# The repository


def one_command_for_ci(house: House) -> Iterator[str]:
    if "make test" not in house.get(".ci/run", ""):
        yield ".ci/run must exist and call `make test`: what is checked there is what anybody can check"


def no_trace_of_a_machine(house: House) -> Iterator[str]:
    for path, text in house.items():
        for number, line in enumerate(text.splitlines(), 1):
            for pattern, advice in FORBIDDEN_TEXT.items():
                if re.search(pattern, line):
                    yield f"{path}:{number} {advice}"
        if path.endswith(".lock") and "://" in text:
            yield f"{path} names a host: write it with `make lock`, which names none"


Rule = Callable[[House], Iterator[str]]

RULES: tuple[Rule, ...] = (
    door_signs,
    words_of_a_room,
    names_that_say_nothing,
    sizes,
    owned_libraries,
    one_clock,
    subjects_stand_alone,
    phrases_are_readable,
    both_languages,
    calm_phrases,
    no_forgotten_phrase,
    said_phrases_exist,
    user_text_is_in_phrases,
    one_command_for_ci,
    no_trace_of_a_machine,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    complaints = list(rule(the_house()))
    assert not complaints, "\n" + "\n".join(complaints)


# A small house that keeps every rule, and what breaks each of them.

CONTRACTS = '[[tool.importlinter.contracts]]\nmodules = ["handlers.ask", "handlers.report"]'
GOOD: House = {
    "pyproject.toml": CONTRACTS,
    ".ci/run": "#!/bin/sh\nmake test\n",
    "requirements.lock": "aiogram==3.31.0 --hash=sha256:00\n",
    "Makefile": "uv pip compile --no-emit-index-url --annotate\n",
    **{f"{room}/__init__.py": '"""What it is for."""\n\nLIMIT = 3\n"""A bound."""\n' for room in ROOMS},
    "bot/clock.py": "def now(): return datetime.now(ZONE)\n",
    "bot/rendering.py": 'FIGURE = re.compile(r"năm [0-9]+")\n',
    "handlers/ask.py": 'def ask(p, x):\n    """Trả lời."""\n    return p.say("found"), p.say(f"outcome-{x}")\n',
    "handlers/forms/checkin.toml": 'ask = "ask-members"\n',
    "handlers/phrases/vi/ask.ftl": "found = Có { $n } { yes }\noutcome-none = Không\nask-members = Mấy\nyes = Có\n",
    "handlers/phrases/en/ask.ftl": "found = Yes { $n }\noutcome-none = No\nask-members = How many\nyes = Yes\n",
}
LONG = "async def f():\n" + "    pass\n" * 40


def ftl(line: str) -> str:
    return GOOD["handlers/phrases/vi/ask.ftl"] + line


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_house_has_no_complaints(rule: Rule) -> None:
    assert not list(rule(GOOD))


def test_a_house_without_a_room_is_found_out() -> None:
    assert list(door_signs({path: text for path, text in GOOD.items() if not path.startswith("db/")}))


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (door_signs, "db/__init__.py", "LIMIT = 3"),
        (words_of_a_room, "scheduler/__init__.py", '"""Sign."""\ndef decide(): ...'),
        (words_of_a_room, "handlers/__init__.py", '"""Sign."""\n@dataclass\nclass Reply: ...'),
        (door_signs, "bot/channels/__init__.py", ""),
        (names_that_say_nothing, "bot/utils.py", ""),
        (names_that_say_nothing, "db/common/rows.py", ""),
        (sizes, "db/rows.py", "x = 1\n" * 401),
        (sizes, "db/rows.py", LONG),
        (owned_libraries, "handlers/ask.py", "from sqlalchemy.engine import Connection"),
        (owned_libraries, "scheduler/policy.py", "def f():\n    import apscheduler"),
        (one_clock, "db/rows.py", "datetime.now(ZONE)"),
        (one_clock, "bot/app.py", "datetime.date.today()"),
        (subjects_stand_alone, "handlers/ask.py", "from handlers import report"),
        (subjects_stand_alone, "handlers/report.py", "from handlers.ask import answer"),
        (phrases_are_readable, "handlers/phrases/vi/ask.ftl", ftl("Có = { $n")),
        (phrases_are_readable, "handlers/phrases/vi/ask.ftl", ftl("yes = Vâng\n")),
        (both_languages, "handlers/phrases/vi/ask.ftl", ftl("no = Không\n")),
        (both_languages, "handlers/phrases/en/ask.ftl", GOOD["handlers/phrases/en/ask.ftl"].replace("$n", "$m")),
        (calm_phrases, "handlers/phrases/vi/ask.ftl", ftl("no = Không!\n")),
        (no_forgotten_phrase, "handlers/phrases/vi/ask.ftl", ftl("no = Không\n")),
        (no_forgotten_phrase, "handlers/forms/checkin.toml", ""),
        (said_phrases_exist, "handlers/report.py", 'phrases.say("missing")'),
        (said_phrases_exist, "handlers/report.py", 'phrases.say(f"missing-{x}")'),
        (user_text_is_in_phrases, "bot/app.py", 'text = "Xin chào"'),
        (user_text_is_in_phrases, "handlers/ask.py", 'text = f"đã gửi {x}"'),
        (user_text_is_in_phrases, "handlers/ask.py", 're.sub(" +", "và", text)'),
        (one_command_for_ci, ".ci/run", "pytest"),
        (no_trace_of_a_machine, "README.md", "see " + "/".join(["", "home", "anna", "notes"])),
        (no_trace_of_a_machine, "README.md", "from https:" + "//pypi.org/simple"),
        (no_trace_of_a_machine, "pip.conf", "extra-index-url" + " = https:" + "//mirror.example"),
        (no_trace_of_a_machine, "requirements.lock", "aiogram @ https:" + "//mirror.example/aiogram.whl"),
    ],
)
def test_a_rule_can_fail(rule: Rule, path: str, text: str) -> None:
    assert list(rule({**GOOD, path: text}))
