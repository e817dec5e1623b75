"""A form is a file: what it may hold, which union fills which, and that a new one needs no code."""

from pathlib import Path

import pytest

from handlers import forms
from handlers.drafts import Draft, begin
from handlers.form_talk import ask
from handlers.forms import FormError, form_for, form_of, load_form
from handlers.phrasebook import Phrases
from tests.small_form import MARCH, MINIMAL, field, option
from tests.test_forms import TODAY


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("this is no toml", ("cannot be read",)),
        ("", ("id", "version", "title", "field")),
        (MINIMAL, ("[[field]]",)),
        (MINIMAL.replace("version = 7", 'version = "two"') + field(), ("version",)),
        (MINIMAL.replace('title.en = "Figures"', "") + field(), ("title.en",)),
        (MINIMAL + field(type_="colour"), ("field members", "colour", "whole, percent, choice, several, yes_no, date")),
        (MINIMAL + field(carry="yesterday"), ("field members", "yesterday", "same, zero, empty")),
        (MINIMAL + field(type_="choice"), ("field members", "options")),
        (MINIMAL + field() + option(), ("field members", "options")),
        (MINIMAL + field(type_="choice") + option() + option(), ("field members", "'yes'", "twice")),
        (MINIMAL + field(type_="text", carry="zero"), ("field members", "zero")),
        (MINIMAL + field() + field(), ("field members", "twice")),
        (MINIMAL + field("workers:all"), ("field workers:all", "key")),
        (MINIMAL + field("k" * 30), ("field kkk", "key")),
        (MINIMAL + field() + 'at_least = "nothing"\n', ("field members", "nothing", "earlier")),
        (MINIMAL + field().replace('label.en = "Label"', ""), ("field members", "label.en")),
        (MINIMAL + field().replace('question.vi = "Hỏi members?"', ""), ("field members", "question.vi")),
        (MINIMAL + field().replace('key = "members"', ""), ("field 1", "key")),
        (MINIMAL + "field = 7", ("[[field]]",)),
        (MINIMAL + "sectors = 'public'\n" + field(), ("sectors", "list")),
        (MINIMAL + field(type_="text"), ("field members", "carry empty")),
        (MINIMAL + field() + field("dues", "percent", "zero") + 'at_most = "dues"\n', ("field dues", "earlier")),
        (
            MINIMAL + field() + 'aliases = ["đv"]\n' + field("new") + 'aliases = ["đv"]\n',
            ("field new", "'đv'", "members"),
        ),
    ],
)
def test_a_mistake_in_a_form_file_names_file_and_field(text: str, names: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "monthly.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as refusal:
        load_form("monthly", tmp_path)
    assert str(refusal.value).startswith("monthly.toml")
    assert [name for name in names if name not in str(refusal.value)] == []


def test_a_form_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"quarterly\.toml cannot be read"):
        load_form("quarterly", tmp_path)


SHIPPED = sorted(forms.FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_form_is_short_and_can_be_asked_in_both_languages(file: Path) -> None:
    shipped = load_form(file.stem)
    assert len(shipped.fields) <= 6
    for language in ("vi", "en"):
        for each in shipped.fields:
            draft = Draft(**{**vars(begin(shipped, MARCH, {})), "at": each.key})
            assert ask(shipped, draft, Phrases(language), TODAY).text


def test_the_form_goes_by_the_sector_of_the_union() -> None:
    enterprise, public = form_for("monthly", "enterprise"), form_for("monthly", "public")
    assert enterprise.field("agreement") and not public.field("agreement")
    assert form_for("monthly", "education") == form_for("monthly", "health") == public
    assert form_for("monthly", "") == form_for("monthly", "fishery") == enterprise
    assert {form_of("monthly", form.version) for form in (enterprise, public)} == {enterprise, public}
    assert form_of("monthly", 1) is None


def test_forms_of_one_report_have_versions_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(MINIMAL + field(), encoding="utf-8")
    (tmp_path / "b.toml").write_text(MINIMAL + 'sectors = ["x"]\n' + field(), encoding="utf-8")
    with pytest.raises(FormError, match="a, b: the version '7'"):
        form_for("monthly", "x", tmp_path)
    (tmp_path / "b.toml").write_text(MINIMAL.replace("7", "8") + field(), encoding="utf-8")
    with pytest.raises(FormError, match="a, b: the sector ''"):
        _fresh(tmp_path)


def _fresh(folder: Path) -> None:
    """The forms of a folder, read anew."""
    forms._forms.cache_clear()
    forms._load.cache_clear()
    form_for("monthly", "x", folder)


def test_one_form_must_serve_all_other_sectors(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(MINIMAL + 'sectors = ["x"]\n' + field(), encoding="utf-8")
    with pytest.raises(FormError, match="no sectors"):
        form_for("monthly", "y", tmp_path)
