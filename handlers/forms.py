"""A form is data: the fields that a check-in asks for, read from `forms/*.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from knowledge import Language

FOLDER = Path(__file__).parent / "forms"

KEY = re.compile(r"[a-z][a-z0-9_]{0,13}")
"""Keys of fields and options stand in the ids of buttons, which a messenger limits to 64 bytes."""

FieldType = Literal["whole", "percent", "choice", "several", "yes_no", "date", "text", "file"]
NUMBERS = ("whole", "percent")
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
    """One question of a form. `indicator` ties the figure to a target of the plans; `at_least` and `at_most` name the
    field whose number this one can hardly be below or above; `aliases` are what people call it in a message."""

    key: str
    type: FieldType
    carry: Carry
    label: Words
    question: Words
    options: tuple[Option, ...]
    optional: bool
    indicator: str | None
    at_least: str | None
    at_most: str | None
    aliases: tuple[str, ...]

    def option(self, key: str) -> Option | None:
        """The option with this key."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Form:
    """A form of one version, for the unions of some `sectors` (none: for all that no other form is for).

    Forms with one `id` ask for the same report; each has a version number of its own, which is kept with every answer.
    """

    id: str
    version: int
    sectors: tuple[str, ...]
    title: Words
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        """The field with this key."""
        return next((field for field in self.fields if field.key == key), None)

    def place(self, key: str) -> int:
        """The position of a field, from 1."""
        return [field.key for field in self.fields].index(key) + 1


def load_form(name: str, folder: Path | None = None) -> Form:
    """Read `<folder>/<name>.toml`; raises `FormError` when the file is not a form."""
    return _load(folder or FOLDER, name)


def form_for(identity: str, sector: str, folder: Path | None = None) -> Form:
    """The form that a union of this sector fills now; raises `FormError` when there is none, or a file is no form."""
    forms = _forms(folder or FOLDER, identity)
    return next((form for form in forms if sector in form.sectors), forms[0])


def form_of(identity: str, version: int, folder: Path | None = None) -> Form | None:
    """The form of this version, for answers that were given to it; `None` where it is no longer in use."""
    return next((form for form in _forms(folder or FOLDER, identity) if form.version == version), None)


@cache
def _load(folder: Path, name: str) -> Form:
    file = folder / f"{name}.toml"
    try:
        return _form(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormError(f"{file.name} cannot be read: {error}") from error
    except FormError as error:
        raise FormError(f"{file.name}: {error}") from None


@cache
def _forms(folder: Path, identity: str) -> tuple[Form, ...]:
    """The forms with one id, the one for all other sectors first."""
    loaded = {file.stem: _load(folder, file.stem) for file in sorted(folder.glob("*.toml"))}
    found = {name: form for name, form in loaded.items() if form.id == identity}
    for what, used in (
        ("version", [str(form.version) for form in found.values()]),
        ("sector", [sector for form in found.values() for sector in form.sectors or ("",)]),
    ):
        twice = sorted({each for each in used if used.count(each) > 1})
        if twice:
            raise FormError(f"{', '.join(found)}: the {what} {twice[0]!r} stands in two of them; give each its own")
    if all(form.sectors for form in found.values()):
        raise FormError(f"no form in {folder.name} has the id {identity!r} and no sectors: one must serve all others")
    return tuple(sorted(found.values(), key=lambda form: bool(form.sectors)))


def _form(data: dict[str, Any]) -> Form:
    version, listed = data.get("version"), data.get("field")
    named = isinstance(data.get("id"), str) and isinstance(version, int)
    if not named or not listed or not isinstance(listed, list):
        raise FormError('a form has an id = "…", a version = 1, a title and at least one [[field]]')
    fields: list[Field] = []
    for place, each in enumerate(listed, start=1):
        key = each.get("key") if isinstance(each, dict) else None
        try:
            fields.append(_field(each, fields))
        except FormError as error:
            raise FormError(f"field {key or place}: {error}") from None
    return Form(data["id"], int(data["version"]), _texts(data, "sectors"), _words(data, "title"), tuple(fields))


def _texts(data: dict[str, Any], name: str) -> tuple[str, ...]:
    texts = data.get(name, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise FormError(f'{name} is a list of words: {name} = ["…"]')
    return tuple(texts)


def _words(data: dict[str, Any], name: str) -> Words:
    texts = data.get(name)
    if not isinstance(texts, dict) or not all(isinstance(texts.get(language), str) for language in ("vi", "en")):
        raise FormError(f"{name} is needed in both languages: {name}.vi and {name}.en")
    return Words(vi=texts["vi"], en=texts["en"])


def _key(data: dict[str, Any], others: set[str]) -> str:
    key = data.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise FormError("a key is needed, of at most 14 letters a-z, digits and _")
    if key in others:
        raise FormError(f"the key {key!r} is used twice: give each its own")
    return key


def _one_of(data: dict[str, Any], name: str, values: tuple[str, ...]) -> Any:
    if data.get(name) not in values:
        raise FormError(f"{name} is {data.get(name)!r}: use {', '.join(values)}")
    return data[name]


def _field(data: dict[str, Any], earlier: list[Field]) -> Field:
    field = Field(
        key=_key(data, {each.key for each in earlier}),
        type=_one_of(data, "type", get_args(FieldType)),
        carry=_one_of(data, "carry", get_args(Carry)),
        label=_words(data, "label"),
        question=_words(data, "question"),
        options=_options(data),
        optional=bool(data.get("optional", False)),
        indicator=data.get("indicator"),
        at_least=data.get("at_least"),
        at_most=data.get("at_most"),
        aliases=_texts(data, "aliases"),
    )
    _check(field, earlier)
    return field


def _options(data: dict[str, Any]) -> tuple[Option, ...]:
    options: list[Option] = []
    for each in data.get("option", ()):
        options.append(Option(_key(each, {option.key for option in options}), _words(each, "label")))
    return tuple(options)


def _check(field: Field, earlier: list[Field]) -> None:
    if (field.type in ("choice", "several")) != bool(field.options):
        raise FormError("a choice needs options, other fields have none")
    if field.carry == "zero" and field.type not in NUMBERS:
        raise FormError("only a number can carry zero: use same or empty")
    if field.carry == "same" and field.type in ("text", "file"):
        raise FormError("a text or a file does not stand from month to month: use carry empty")
    for name, bound in (("at_least", field.at_least), ("at_most", field.at_most)):
        if bound is not None and bound not in {each.key for each in earlier if each.type == "whole"}:
            raise FormError(f"{name} is {bound!r}: name a whole number that is asked earlier")
    others = {alias: each.key for each in earlier for alias in each.aliases}
    if taken := [alias for alias in field.aliases if alias in others]:
        raise FormError(f"the alias {taken[0]!r} already means the field {others[taken[0]]}")
