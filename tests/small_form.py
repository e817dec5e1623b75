"""Small forms for tests: their files, and what an office with such a form keeps."""

from pathlib import Path

import pytest

from db import checkins
from handlers import forms
from tests.small_office import SmallOffice

MARCH = "2025-03"

MINIMAL = """
id = "monthly"
version = 7
title.vi = "Số liệu"
title.en = "Figures"
"""
FIELD = """
[[field]]
key = "{key}"
type = "{type}"
carry = "{carry}"
label.vi = "Nhãn {key}"
label.en = "Label"
question.vi = "Hỏi {key}?"
question.en = "Question?"
"""
OPTION = """
[[field.option]]
key = "{key}"
label.vi = "{label}"
label.en = "Yes"
"""


def field(key: str = "members", type_: str = "whole", carry: str = "same") -> str:
    """A field of a form file."""
    return FIELD.format(key=key, type=type_, carry=carry)


def option(key: str = "yes", label: str = "Chọn một") -> str:
    """An option of the field before it."""
    return OPTION.format(key=key, label=label)


EVERY_TYPE = MINIMAL + "".join(
    (
        field(),
        field("dues", "percent"),
        field("state", "choice"),
        option("signed", "Đã ký"),
        option("none", "Chưa ký"),
        field("events", "several", "empty"),
        option("sports", "Thể thao"),
        option("trips", "Tham quan"),
        option("talks", "Tọa đàm"),
        field("meeting", "yes_no"),
        field("held", "date", "empty"),
        field("photo", "file", "empty"),
        "optional = true\n",
        field("note", "text", "empty"),
        "optional = true\n",
    )
)


def with_form(office: SmallOffice, folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> SmallOffice:
    """The office after its form files were replaced by one."""
    (folder / "monthly.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(forms, "FOLDER", folder)
    return office


def figures(office: SmallOffice, union: str, period: str = MARCH) -> dict[str, object] | None:
    """What stands for a month."""
    with office.store.transaction() as connection:
        found = checkins.get(connection, union, "monthly", period)
    return found.answers if found else None
