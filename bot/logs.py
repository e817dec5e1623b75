"""Structured logs on standard error: events and numbers, never a token and never what somebody wrote.

Our own events carry only fields that we chose. What libraries log is taken apart: the template of their sentence stays,
the values that belong in it (they may quote a message, an address, a URL with the token) and the words of exceptions do
not. Whatever still looks like a secret, an address or a telephone number is masked in every line.
"""

import logging
import re
import sys
import traceback
import warnings
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote, unquote, urlsplit

import structlog

from bot.settings import Settings

Event = MutableMapping[str, Any]

MASK = "***"
LOOKS_PERSONAL = re.compile(
    r"[0-9]{6,}:[\w-]{20,}"  # the token of a bot
    r"|(?<![\w.-])(?!20[0-9]{2}-[0-9]{2}-[0-9]{2})\+?[0-9](?:[ .-]?[0-9]){8,}(?!\w)"  # of a telephone, on Telegram
    r"|\b(?=[0-9a-f]*[0-9])[0-9a-f]{16,}\b"  # an address on Zalo
)
PLAIN_WORDS = re.compile(r"[A-Za-z0-9 ,.:%_-]{0,200}")
"""The beginning of a sentence, up to where a library has put the form of a value into it itself."""
KEPT = frozenset(("timestamp", "level", "event"))
"""Fields that we word ourselves."""


def log_to_stderr(settings: Settings, level: str) -> None:
    """Log events of this level and above, ours and those of libraries; secrets of the settings are masked wherever they
    would appear."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            masking(secrets_of(settings)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [each for each in root.handlers if not isinstance(each, LibraryEvents)] + [LibraryEvents()]
    # At debug level libraries would tell every query: theirs are worth a line from warnings on.
    root.setLevel(max(number, logging.WARNING))


def take_over_complaints() -> None:
    """From now on warnings and uncaught errors of this process are events of the log too, without their words."""
    warnings.showwarning = _warned
    sys.excepthook = _uncaught


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Everything that the settings keep secret, also as it stands in a URL; the longest first."""
    hidden = [value.get_secret_value() for _, value in settings if hasattr(value, "get_secret_value")]
    password = urlsplit(settings.database()).password
    if password:
        hidden += [password, unquote(password)]
    forms = {form for secret in hidden for form in (secret, quote(secret, safe=""))}
    return tuple(sorted(filter(None, forms), key=len, reverse=True))


def masking(secrets: tuple[str, ...]) -> Callable[[Any, str, Event], Event]:
    """A step that masks these secrets, and what looks like a person's address, in every field of an event."""

    def clean(value: Any, *, ours: bool) -> Any:
        match value:
            case str():
                for secret in secrets:
                    value = value.replace(secret, MASK)
                return value if ours else LOOKS_PERSONAL.sub(MASK, value)
            case bool() | int() | float() | None:
                return value
            case dict():
                return {str(name): clean(each, ours=False) for name, each in value.items()}
            case list() | tuple() | set() | frozenset():
                return [clean(each, ours=False) for each in value]
        return clean(str(value), ours=False)

    def mask(_: Any, __: str, event: Event) -> Event:
        for name in list(event):
            event[name] = clean(event[name], ours=name in KEPT)
        return event

    return mask


class LibraryEvents(logging.Handler):
    """Hands what libraries log to our own log, without the values that they would put into their sentences."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line: which library, its sentence without the values, and where an exception came from."""
        template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        fields: dict[str, Any] = {"library": record.name, "said": _plain(template)}
        if record.exc_info and record.exc_info[1] is not None:
            fields["error"], fields["where"] = described(record.exc_info[1])
        structlog.get_logger().log(record.levelno, "library", **fields)


def _plain(template: str) -> str:
    found = PLAIN_WORDS.match(template)
    return found[0].strip() if found else ""


def described(error: BaseException) -> tuple[str, list[str]]:
    """An exception without its words: the kinds that led to each other, and the way through the code."""
    kinds, cause = [type(error).__name__], error.__cause__ or error.__context__
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return " from ".join(kinds), [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames]


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    structlog.get_logger().warning("warning", kind=category.__name__, where=f"{Path(filename).name}:{lineno}")


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    what, where = described(error)
    structlog.get_logger().critical("uncaught error", error=what, where=where)
