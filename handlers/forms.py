"""A form is data: the fields that a check-in asks for, read from `forms/*.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from knowledge import Language

FOLDER = Path(__file__).parent / "forms"

KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")
"""Keys of fields and options stand in the ids of buttons, which a messenger limits to 64 bytes."""

FieldType = Literal["whole", "choice", "text"]
Carry = Literal["same", "zero", "empty"]
"""What "nothing happened" means for a field: last month's figure still stands, none happened, nothing to say."""


class FormError(ValueError):
    """A form file cannot be used; the message names the file, the field and what is wrong with it."""


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    vi: str
    en: str

    def said_in(self, language: Language) -> str:
        """The text in one language."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True)
class Option:
    """One answer of a choice field."""

    key: str
    label: Words


@dataclass(frozen=True)
class Field:
    """One question of a form. `indicator` ties the figure to a target of the plans; `at_least` names the field whose
    number this one can hardly be below (there are at least as many workers as members)."""

    key: str
    type: FieldType
    carry: Carry
    label: Words
    question: Words
    options: tuple[Option, ...]
    optional: bool
    indicator: str | None
    at_least: str | None

    def option(self, key: str) -> Option | None:
        """The option with this key."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Form:
    """A form of one version; the version is kept with every answer."""

    id: str
    version: int
    title: Words
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        """The field with this key."""
        return next((field for field in self.fields if field.key == key), None)

    def place(self, key: str) -> int:
        """The position of a field, from 1."""
        return [field.key for field in self.fields].index(key) + 1


@cache
def load_form(name: str, folder: Path = FOLDER) -> Form:
    """Read `<folder>/<name>.toml`; raises `FormError` when the file is not a form."""
    file = folder / f"{name}.toml"
    try:
        return _form(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormError(f"{file.name} cannot be read: {error}") from error
    except FormError as error:
        raise FormError(f"{file.name}: {error}") from None


def _form(data: dict[str, Any]) -> Form:
    version, listed = data.get("version"), data.get("field")
    if (
        not isinstance(data.get("id"), str)
        or not isinstance(version, int)
        or not listed
        or not isinstance(listed, list)
    ):
        raise FormError('a form has an id = "…", a version = 1, a title and at least one [[field]]')
    fields: list[Field] = []
    for place, each in enumerate(listed, start=1):
        named = each.get("key") if isinstance(each, dict) else None
        try:
            fields.append(_field(each, fields))
        except FormError as error:
            raise FormError(f"field {named or place}: {error}") from None
    return Form(data["id"], version, _words(data, "title"), tuple(fields))


def _words(data: dict[str, Any], name: str) -> Words:
    texts = data.get(name)
    if not isinstance(texts, dict) or not all(isinstance(texts.get(language), str) for language in ("vi", "en")):
        raise FormError(f"{name} is needed in both languages: {name}.vi and {name}.en")
    return Words(vi=texts["vi"], en=texts["en"])


def _key(data: dict[str, Any], others: set[str]) -> str:
    key = data.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise FormError("a key is needed, of at most 20 letters a-z, digits and _")
    if key in others:
        raise FormError(f"the key {key!r} is used twice: give each its own")
    return key


def _one_of(data: dict[str, Any], name: str, values: tuple[str, ...]) -> Any:
    if data.get(name) not in values:
        raise FormError(f"{name} is {data.get(name)!r}: use {', '.join(values)}")
    return data[name]


def _field(data: dict[str, Any], earlier: list[Field]) -> Field:
    key = _key(data, {field.key for field in earlier})
    kind, carry = _one_of(data, "type", get_args(FieldType)), _one_of(data, "carry", get_args(Carry))
    options: list[Option] = []
    for each in data.get("option", ()):
        options.append(Option(_key(each, {option.key for option in options}), _words(each, "label")))
    floor = data.get("at_least")
    if (kind == "choice") != bool(options):
        raise FormError("a choice needs options, other fields have none")
    if carry == "zero" and kind != "whole":
        raise FormError("only a whole number can carry zero: use same or empty")
    if floor is not None and floor not in {field.key for field in earlier if field.type == "whole"}:
        raise FormError(f"at_least is {floor!r}: name a whole number that is asked earlier")
    return Field(
        key=key,
        type=kind,
        carry=carry,
        label=_words(data, "label"),
        question=_words(data, "question"),
        options=tuple(options),
        optional=bool(data.get("optional", False)),
        indicator=data.get("indicator"),
        at_least=floor,
    )
