"""Invitations: who may make which, what a code opens, and that nothing is stored before somebody agrees."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.__main__ import app
from db import audit, invitations, officers, tables, unions
from db.store import Store
from handlers import codes
from handlers.inviting import GOOD_FOR
from handlers.phrasebook import Phrases
from handlers.spreadsheets import read_rows
from knowledge import Union
from knowledge.index import Library
from tests.organisation_room import MONDAY, add, code_in, invited, joined, open_office, posts, tap, told
from tests.small_office import CHANNEL, SmallOffice, choices_of, state_of, text_of

SAY = Phrases("vi").say
NEW = "somebody"


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """A district's staff with one officer below, and another district."""
    return open_office(store, library, "PR", "PR-01", "BD")


def everything_stored(store: Store) -> str:
    """Every row of every table but the organisation and the outbox's own addressing, as text."""
    with store.transaction() as connection:
        return json.dumps(
            {
                name: [list(row) for row in connection.execute(select(table))]
                for name, table in tables.metadata.tables.items()
                if name != "outbox"
            },
            default=str,
        )


# Codes.


def test_fresh_codes_are_read_back_however_they_are_typed() -> None:
    for code in {codes.fresh() for _ in range(30)}:
        bare = code.replace("-", "")
        for typed in (code.lower(), bare, bare.lower(), code.replace("-", " "), f"  {code} ", code.replace("-", "–")):
            assert codes.looks_like_one(typed) and codes.hashed(typed) == codes.hashed(code)
        assert not set(code) & set("0O1I")


@pytest.mark.parametrize(
    "text",
    ["", "THANGTAM", "thang tam", "23456789", "2345 6789", "chỉ tiêu 2025", "128", "PR-01", "them 23456", "tăng 234"],
)
def test_words_and_numbers_are_no_codes(text: str) -> None:
    assert not codes.looks_like_one(text)


def test_only_a_hash_of_the_code_is_stored(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    assert code not in everything_stored(office.store) and codes.plain(code) not in everything_stored(office.store)


# Who may invite whom.


@pytest.mark.parametrize(
    ("role", "union", "offered"),
    [
        ("staff", "PR", ["officer"]),
        ("staff", "PR-02", ["officer"]),
        ("administrator", "PR", ["officer", "staff", "administrator"]),
        ("administrator", "PR-02", ["officer"]),
        ("above", "PR", ["officer", "staff"]),
        ("above", "BPC", ["officer"]),
        ("staff", "BPC", None),
        ("staff", "BD-01", None),
    ],
)
def test_who_may_be_invited(office: SmallOffice, role: str, union: str, offered: list[str] | None) -> None:
    if role == "above":
        add(office, "asking", "BPC", "staff")
    else:
        add(office, "asking", "PR", "administrator" if role == "administrator" else "staff")
    reply = office.says("asking", f"/moi {union}")
    labels = [choice.label for choice in choices_of(reply) if choice.label.startswith("Mời")]
    assert labels == [SAY(f"staff-invite-{each}") for each in offered or ()]
    if offered is None:
        assert text_of(reply) == SAY("staff-no-union")


@pytest.mark.parametrize(
    "choice", ["staff:make:PR:s", "staff:make:BD-01:o", "staff:make:PR-02:s", "staff:make:PR-02:x"]
)
def test_a_forged_button_makes_no_invitation(office: SmallOffice, choice: str) -> None:
    assert text_of(office.taps("PR", choice)) == SAY("old-button")
    assert text_of(office.taps("PR-01", choice)) == SAY("old-button")
    with office.store.transaction() as connection:
        assert invitations.waiting(connection, MONDAY) == ()


@pytest.mark.parametrize("typed", ["PR-02", "pr-02", "truong thcs", "Trường THCS", "thcs"])
def test_a_union_is_found_by_code_or_name(office: SmallOffice, typed: str) -> None:
    office.says("PR", "/moi")
    assert "PR-02" in text_of(office.says("PR", typed))


def test_many_unions_are_leafed_through(office: SmallOffice) -> None:
    add(office, "top", "HN", "staff")
    with office.store.transaction() as connection:
        unions.put(connection, [Union(f"BD-1{n}", f"CĐCS {n}", "grassroots", "BD", "") for n in range(20)])
    seen: list[str] = []
    office.says("top", "/moi")
    while True:
        choices = choices_of(office.letters("top")[-1])
        seen += [choice.id for choice in choices if choice.id.startswith("staff:union:")]
        if not any(choice.label == SAY("staff-further") for choice in choices):
            break
        tap(office, "top", SAY("staff-further"))
    assert len(seen) == len(set(seen)) == 26


# Taking it up.


def test_nothing_is_stored_before_consent(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    offer = text_of(office.says(NEW, code))
    assert "CĐCS Trường THCS (mẫu 2)" in offer and SAY("role-officer") in offer and "/quyenriengtu" in offer
    assert posts(office, NEW) == []
    with office.store.transaction() as connection:
        assert officers.person_at(connection, CHANNEL, NEW) is None
        state = state_of(connection, NEW)
    assert state and state["wait"]["data"] == {"code": codes.hashed(code)} and code not in str(state)


@pytest.mark.parametrize("said", ["ok", "vâng", "có", "?", "/menu", "128"])
def test_only_the_button_is_a_consent(office: SmallOffice, said: str) -> None:
    code = invited(office, "PR", "PR-02")
    office.says(NEW, code)
    assert text_of(office.says(NEW, said)) == SAY("join-unclear")
    assert posts(office, NEW) == []


def test_refusing_leaves_nothing(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    before = everything_stored(office.store)
    office.says(NEW, code)
    assert NEW in everything_stored(office.store), "while they think, what they were asked is known"
    assert tap(office, NEW, "Không đồng ý") == SAY("join-refused")
    after = json.loads(everything_stored(office.store))
    del after["inbox"][-2:]  # that two updates came, without what they said
    assert after == json.loads(before)
    assert NEW not in everything_stored(office.store)
    assert joined(office, NEW, code), "the code still serves"


def test_agreeing_gives_the_post_and_tells_the_staff(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    said = joined(office, NEW, code.lower().replace("-", ""))
    assert posts(office, NEW) == [("PR-02", "officer")] and "Trường THCS" in said
    assert any("Trường THCS" in text for text in told(office, "PR"))
    with office.store.transaction() as connection:
        person = officers.person(connection, officers.person_at(connection, CHANNEL, NEW) or 0)
        assert person and person.agreed_at == MONDAY and person.notice == 1
    assert text_of(office.says(NEW, "/menu")).startswith("Em chào")


def test_the_link_of_telegram_is_a_start_command(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    assert "Trường THCS" in text_of(office.says(NEW, f"/start {code}"))


@pytest.mark.parametrize(
    ("what", "sentence"),
    [("used", "join-used"), ("revoked", "join-revoked"), ("expired", "join-expired"), ("wrong", "join-wrong")],
)
def test_each_useless_code_has_its_sentence(office: SmallOffice, what: str, sentence: str) -> None:
    code = invited(office, "PR", "PR-02")
    if what == "used":
        joined(office, "first", code)
    elif what == "revoked":
        tap(office, "PR", SAY("invite-revoke"))
    elif what == "expired":
        office.clock.move_to(MONDAY + GOOD_FOR)
    else:
        code = "2222-AAAA"
    assert text_of(office.says(NEW, code)) == SAY(sentence)
    assert text_of(office.says(NEW, f"/start {code}")) == SAY(sentence)
    assert posts(office, NEW) == []


def test_a_code_that_was_revoked_while_they_thought_gives_nothing(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    office.says(NEW, code)
    tap(office, "PR", SAY("invite-revoke"))
    assert tap(office, NEW, "Đồng ý") == SAY("join-revoked") and posts(office, NEW) == []


def test_the_consent_of_one_is_not_that_of_another(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    office.says(NEW, code)
    agree = choices_of(office.letters(NEW)[-1])[0].id
    for other in ("stranger", "PR-01", "BD"):
        office.taps(other, agree)
        assert ("PR-02", "officer") not in posts(office, other)


def test_five_wrong_codes_pause_an_address_for_an_hour(office: SmallOffice) -> None:
    right = invited(office, "PR", "PR-02")
    said = [text_of(office.says(NEW, f"{n}222-AAAA")) for n in range(2, 7)]
    assert said == [SAY("join-wrong")] * 4 + [SAY("join-paused")]
    before = len(office.letters(NEW))
    office.says(NEW, right)
    assert len(office.letters(NEW)) == before, "it was said once"
    assert text_of(office.says("another", right)) != SAY("join-paused"), "others are not held up"
    office.clock.move_to(MONDAY + timedelta(hours=1, minutes=1))
    joined(office, NEW, right)
    assert posts(office, NEW) == [("PR-02", "officer")]


def test_a_second_officer_is_known_to_both(office: SmallOffice) -> None:
    said = joined(office, NEW, invited(office, "PR", "PR-01"))
    assert SAY("membership-beside", count=2) in said
    assert any("nay là 2 người" in text for text in told(office, "PR-01"))


def test_one_officer_in_two_unions_changes_between_them(office: SmallOffice) -> None:
    joined(office, "PR-01", invited(office, "PR", "PR-02"))
    assert posts(office, "PR-01") == [("PR-02", "officer"), ("PR-01", "officer")]
    office.says("PR-01", "/donvi")
    tap(office, "PR-01", "CĐCS Công ty Cao su")
    assert posts(office, "PR-01")[0] == ("PR-01", "officer")
    assert any(choice.label == SAY("menu-posts") for choice in choices_of(office.says("PR-01", "/menu")))


def test_a_code_does_not_lose_an_open_form(office: SmallOffice) -> None:
    code = invited(office, "PR", "PR-02")
    office.says("PR-01", "/solieu")
    office.says("PR-01", "133")
    asked = text_of(office.says("PR-01", "/solieu"))
    office.says("PR-01", code)
    tap(office, "PR-01", "Không đồng ý")
    assert text_of(office.says("PR-01", "/solieu")) == asked


def test_an_officer_on_two_channels_is_one_person(office: SmallOffice) -> None:
    code = code_in(text_of(office.says("PR-01", "/themkenh")))
    assert text_of(office.says("PR-01", code)) == SAY("join-same-channel")
    assert text_of(office.says("BD", code)) == SAY("join-channel-of-another")
    joined(office, "second", code)
    assert posts(office, "second") == [("PR-01", "officer")]
    assert SAY("join-channel-added") in told(office, "PR-01")
    assert text_of(office.says("third", code)) == SAY("join-used")


def test_the_code_for_a_channel_is_short_lived(office: SmallOffice) -> None:
    code = code_in(text_of(office.says("PR-01", "/themkenh")))
    office.clock.move_to(MONDAY + timedelta(minutes=15))
    assert text_of(office.says("second", code)) == SAY("join-expired")


def test_what_staff_did_is_in_the_log_of_their_subtree_only(office: SmallOffice) -> None:
    joined(office, NEW, invited(office, "PR", "PR-02"))
    with office.store.transaction() as connection:
        actions = [each.action for each in audit.entries(connection, {"PR-02"}, 10)]
    assert actions == ["joined", "invited"]
    assert "Trường THCS" in text_of(office.says("PR", "/nhatky"))
    assert text_of(office.says("BD", "/nhatky")) == SAY("log-empty")
    assert text_of(office.says("PR-01", "/nhatky")) == SAY("not-your-command")


# The command line.


@pytest.fixture
def command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office of its own with a small organisation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    monkeypatch.setenv("CONGDOAN_NOW", MONDAY.isoformat())
    store = Store.open(f"sqlite:///{tmp_path / 'office.sqlite'}")
    with store.transaction() as connection:
        rows = [("P", "LĐLĐ tỉnh", "province", ""), ("H", "LĐLĐ huyện", "district", "P")]
        rows += [(f"H-{n}", f"CĐCS {n}", "grassroots", "H") for n in range(4)] + [
            ("P-1", "CĐCS tỉnh", "grassroots", "P")
        ]
        unions.put(connection, [Union(code, name, level, parent, "") for code, name, level, parent in rows])
        officers.add(connection, "H-0", "officer", "telegram", "7", MONDAY)
    store.close()
    return tmp_path


def test_invitations_for_all_who_lack_an_officer(command_line: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_NAME", "congdoan_bot")
    done = CliRunner().invoke(app, ["invite", "--all", "--xlsx", "codes.xlsx", "--below", "H"])
    assert done.exit_code == 0 and "3 invitations" in done.output
    content = (command_line / "codes.xlsx").read_bytes()
    columns = [SAY(f"invite-column-{name}").casefold() for name in ("code", "union", "typed", "link", "day")]
    rows = [row.cells for row in read_rows("codes.xlsx", content, columns).rows]
    assert [row[columns[0]] for row in rows] == ["H-1", "H-2", "H-3"]
    assert rows[0][columns[3]] == f"https://t.me/congdoan_bot?start={rows[0][columns[2]]}"
    store = Store.open(f"sqlite:///{command_line / 'office.sqlite'}")
    with store.transaction() as connection:
        found = invitations.find(connection, codes.hashed(rows[0][columns[2]]))
        assert found and found.union == "H-1" and found.role == "officer"
    store.close()


def test_the_log_is_written_as_a_workbook(command_line: Path) -> None:
    for union in ("H", "P-1"):
        assert CliRunner().invoke(app, ["invite", union, "--role", "staff"]).exit_code == 0
    for arguments, count in (([], 2), (["--below", "H"], 1)):
        done = CliRunner().invoke(app, ["audit", "--xlsx", "log.xlsx", *arguments])
        assert f"{count} actions" in done.output
        columns = [SAY(f"log-column-{name}").casefold() for name in ("action", "union")]
        rows = read_rows("log.xlsx", (command_line / "log.xlsx").read_bytes(), columns).rows
        assert [row[columns[0]] for row in rows] == ["invited"] * count and rows[-1][columns[1]] == "H"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["invite", "H", "--role", "administrator"], "Mã: "),
        (["invite", "X"], "There is no union 'X'"),
        (["invite", "H", "--role", "king"], "'king' is no role"),
        (["invite", "--all"], "--xlsx"),
        (["invite"], "--all"),
        (["invite", "--all", "--xlsx", "x.xlsx", "--below", "X"], "There is no union 'X'"),
    ],
)
def test_invite_says_what_it_did_or_why_not(command_line: Path, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert said in done.output + str(done.exception)
