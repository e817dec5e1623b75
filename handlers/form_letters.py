"""Letters that are put in words once and go to thousands: filled in are only the union of which they speak, its name,
and the post of whoever reads them."""

from datetime import datetime
from json.encoder import encode_basestring as quoted
from typing import Any

from db import Letter, Officer, SaidRung
from db.bulk import JsonText
from db.engine import json_text
from db.outbox import LetterRow
from handlers.replies import body_for_post

HERE, NAME = "\0here\0", "\0name\0"
"""Stand for what is filled in: no text that is kept can hold them."""


class FormLetter:
    """A letter about one thing that is owed, as it goes to every union that stands alike with it.

    `key`, the values of `item` and `rung` name the union as `HERE`; the text of `body` may call it `NAME`, and its
    choices mean no post yet.
    """

    def __init__(
        self, kind: str, key: str, body: dict[str, Any], item: dict[str, Any], rung: SaidRung, due_at: datetime
    ) -> None:
        self.kind = kind
        self.body = body
        self.due_at = due_at
        self.about = {"items": [item]}
        self._key = key.split(HERE)
        self._rung = rung
        self._about = json_text(self.about).split(json_text(HERE))
        self._body = json_text(body_for_post(body, HERE)).split(_inside(HERE))
        self._named = NAME in body["text"]

    def to(self, officer: Officer, name: str) -> "Filled":
        """The letter to the holder of a post about their union, which has this name."""
        return Filled(self, officer, name, officer.union.join(self._key))

    def row(self, key: str, officer: Officer, name: str) -> LetterRow:
        """The letter as it is kept."""
        body = JsonText(str(officer.id).join(self._body))
        if self._named:
            body = JsonText(body.replace(_inside(NAME), _inside(name)))
        about = JsonText(quoted(officer.union).join(self._about))
        return key, self.kind, officer.channel, officer.address, body, about, None, self.due_at

    def says(self, officer: Officer, name: str) -> dict[str, Any]:
        """What it says to them."""
        body = body_for_post(self.body, officer.id)
        return {**body, "text": body["text"].replace(NAME, name)}

    def about_it(self, union: str) -> dict[str, Any]:
        """What is needed to check the letter about this union."""
        (item,) = self.about["items"]
        return {"items": [{name: union if value == HERE else value for name, value in item.items()}]}

    def rung(self, union: str) -> SaidRung:
        """The note that it was written."""
        obligation, _, period, due, rung, told = self._rung
        return SaidRung(obligation, union, period, due, rung, told)


def _inside(text: str) -> str:
    """The text as it stands inside of longer ones in JSON."""
    return json_text(text)[1:-1]


class Filled:
    """A form letter to somebody: what `Unasked` is of any other letter, and made as a letter only when asked for.

    `person` is whom it is for, `channel` over which it goes.
    """

    __slots__ = ("_form", "_name", "_officer", "channel", "key", "person")

    def __init__(self, form: FormLetter, officer: Officer, name: str, key: str) -> None:
        self._form = form
        self._officer = officer
        self._name = name
        self.key = key
        self.person = officer.person
        self.channel = officer.channel

    @property
    def rungs(self) -> tuple[SaidRung, ...]:
        """The rung of which it speaks."""
        return (self._form.rung(self._officer.union),)

    @property
    def row(self) -> LetterRow:
        """The letter as it is kept."""
        return self._form.row(self.key, self._officer, self._name)

    @property
    def letter(self) -> Letter:
        """The letter itself."""
        form, to = self._form, self._officer
        body, about = form.says(to, self._name), form.about_it(to.union)
        return Letter(self.key, form.kind, to.channel, to.address, body, form.due_at, about)
