"""The command line: what an operator types, what it answers, and the sentence when something is wrong."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.talks import parse
from db import officers, unions
from db.engine import open_engine
from db.store import Store
from knowledge.index import Library
from tests import fake_zalo
from tests.fake_telegram import TOKEN, FakeTelegram, said
from tests.process_room import Operator, built_index, free_port, until
from tests.talk_room import TalkRoom

SECRET_HALF = TOKEN.split(":")[1]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("var"))


@pytest.fixture
def operator(
    tmp_path: Path, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Operator:
    return Operator(tmp_path, var, monkeypatch, capsys)


# Questions.


def test_a_question_is_answered_with_its_source(operator: Operator) -> None:
    ended = operator.types("ask", "--unit", "PR-01", "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?")
    assert ended.code == 0 and "3.100" in ended.out and "Nguồn" in ended.out


def test_a_question_is_answered_as_json(operator: Operator) -> None:
    ended = operator.types("ask", "--unit", "PR-01", "--json", "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?")
    answer = json.loads(ended.out)
    assert ended.code == 0 and set(answer) == {"text", "abstained", "citations", "targets", "ms"}
    assert answer["abstained"] is False and answer["ms"] >= 0
    assert {"document", "file", "section", "quote"} == set(answer["citations"][0])
    assert set(answer["targets"][0]) == {"indicator", "period", "comparator", "value", "unit"}


def test_a_file_of_questions_is_answered_line_by_line_in_its_order(operator: Operator) -> None:
    questions = [
        {"id": "a", "unit": "PR-01", "question": "chỉ tiêu đoàn viên năm 2025?", "history": [], "expect": {"x": 1}},
        {"id": "b", "unit": "PR-01", "question": "còn thỏa ước?", "history": ["chỉ tiêu đoàn viên năm 2025?"]},
        {"id": "c", "unit": "BD-02", "question": "đoàn phí đóng bao nhiêu một tháng?"},
    ]
    (operator.folder / "questions.jsonl").write_text(
        "\n".join(json.dumps(each, ensure_ascii=False) for each in questions) + "\n\n", encoding="utf-8"
    )
    ended = operator.types("ask", "--batch", "questions.jsonl", "--json")
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert [answer["abstained"] for answer in answers] == [False, False, True]
    assert answers[2]["citations"] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "a", "unit": "PR-01"}', ("line 2", "question")),
        ("[1]", ("line 2",)),
        ("no json", ("line 2",)),
        ('{"id": "a", "unit": "NOBODY", "question": "x"}', ("NOBODY", "PR-01")),
    ],
)
def test_a_broken_line_of_questions_is_named(operator: Operator, line: str, words: tuple[str, ...]) -> None:
    (operator.folder / "questions.jsonl").write_text("\n" + line + "\n", encoding="utf-8")
    assert operator.types("ask", "--batch", "questions.jsonl", "--json").refused_with(*words)


def test_a_question_of_nobody_is_refused(operator: Operator) -> None:
    assert operator.types("ask", "--unit", "NOBODY", "chỉ tiêu?").refused_with("NOBODY", "PR-01")
    assert operator.types("ask", "chỉ tiêu?").refused_with("--unit")


# Documents.


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"%PDF-1.7\n" + b"\x00\xff" * 50),
        ("plan.docx", b"PK\x03\x04 and then nothing"),
        ("plan.txt", b"\x00\x01\xff\xfe\xfd" * 50),
        ("plan.xls", b"rows and columns"),
        ("plan.docx", b""),
    ],
)
def test_a_broken_document_is_refused_in_a_sentence(operator: Operator, name: str, content: bytes) -> None:
    (operator.folder / name).write_bytes(content)
    assert operator.types("knowledge", "read", name, "--json").refused_with(name)


# Rings.


def test_a_look_at_a_ring_lists_the_letters_and_writes_none(operator: Operator) -> None:
    looks = [
        operator.types("ring", "--at", at, "--dry-run", "--json")
        for at in ("2025-03-19T08:00:00+07:00", "2025-03-19T01:00:00Z", "2025-03-19T08:00:00")
    ]
    assert [ended.code for ended in looks] == [0, 0, 0] and len({ended.out for ended in looks}) == 1
    letters = json.loads(looks[0].out)
    assert {"key", "kind", "union", "channel", "address", "due_at", "text", "choices"} <= set(letters[0])
    assert {letter["kind"] for letter in letters} == {"reminder", "digest"}
    assert len({letter["key"] for letter in letters}) == len(letters)
    assert all(letter["due_at"] == "2025-03-19T08:00:00+07:00" for letter in letters)
    assert "remind:quy-pr:PR-01:2025-Q1:+1" in {letter["key"] for letter in letters}


@pytest.mark.parametrize("at", ["2025-03-19T22:00:00+07:00", "2025-03-22T09:00:00+07:00", "2025-03-19T18:30:00Z"])
def test_at_night_and_on_weekends_there_is_nothing_to_list(operator: Operator, at: str) -> None:
    assert json.loads(operator.types("ring", "--at", at, "--dry-run", "--json").out) == []


def test_a_moment_that_is_none_is_refused(operator: Operator) -> None:
    assert operator.types("ring", "--at", "tomorrow", "--dry-run").refused_with("tomorrow", "2026-07-16T08:00:00+07:00")


# A talk in the terminal.


def test_a_recorded_talk_replays_to_itself(operator: Operator, library: Library) -> None:
    typed = ["1", "1", "chi tieu 2025 cua minh la gi", "@ 2025-03-20 08:00", "@ 2025-03-25 08:00"]
    typed += ["/solieu", "131", "a", "@ 2025-03-01 08:00", "145", "để sau", "", "/huy", "@ 2025-04-02 10:00"]
    ended = operator.types(
        "chat", "--as", "PR-01", "--at", "2025-03-19 08:00", "--record", "talk.txt", text="\n".join(typed) + "\n"
    )
    assert ended.code == 0 and "2025-03-25 08:00 already" in ended.out, "the clock only moves forward"
    recorded = (operator.folder / "talk.txt").read_text(encoding="utf-8")
    assert "bot → PR-01: " in recorded and "PR-01: 131" in recorded and "@ 2025-03-01" not in recorded
    assert TalkRoom(operator.folder, library, parse(recorded)).replay() == recorded


@pytest.mark.parametrize("person", ["PR", "PR-06", "DLK-BMT-03"])
def test_everybody_of_the_organisation_can_be_tried(operator: Operator, person: str) -> None:
    ended = operator.types("chat", "--as", person, "--at", "2025-03-19 08:00", text="/menu\n")
    assert ended.code == 0 and "Em chào anh/chị" in ended.out


def test_a_talk_as_nobody_says_who_there_is(operator: Operator) -> None:
    assert operator.types("chat", "--as", "NOBODY", text="xin chào\n").refused_with("NOBODY", "PR-01", "BD-02")


# The organisation and its officers.

HEAD = "code,name,level,parent,sector\n"
TREE = HEAD + "D,Federation,district,,\nD-1,Union 1,grassroots,D,public\nD-2,Union 2,grassroots,D,\n"
POSTS = "union,role,channel,address\n"


def known(operator: Operator) -> tuple[int, int]:
    """How many unions and officers the office has."""
    store = Store.open(operator.url)
    with store.transaction() as connection:
        counts = unions.count(connection), len(officers.everyone(connection))
    store.close()
    return counts


def write(operator: Operator, name: str, text: str, encoding: str = "utf-8") -> str:
    (operator.folder / name).write_text(text, encoding=encoding)
    return name


def test_an_organisation_and_its_officers_are_brought_in_and_brought_in_again(operator: Operator) -> None:
    tree = write(operator, "tree.csv", TREE, "utf-8-sig")
    posts = write(operator, "posts.csv", POSTS + "D,staff,telegram,1\nD-1,officer,telegram,2\n")
    assert "3 unions" in operator.types("org", "import", tree, "--dry-run").out and known(operator) == (0, 0)
    assert operator.types("org", "import", tree).out.startswith("3 unions added, 0 changed")
    assert operator.types("org", "import", tree).out.startswith("0 unions added, 0 changed")
    assert operator.types("officers", "import", posts, "--dry-run").out.startswith("2 officers added (dry run")
    assert operator.types("officers", "import", posts).out.startswith("2 officers added")
    assert operator.types("officers", "import", posts).out.startswith("0 officers added")
    assert known(operator) == (3, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,level\nx,y\n", ("code", "parent", "sector")),
        ("", ("code",)),
        (TREE + ",Nameless,grassroots,D,\n", ("row 5", "column code")),
        (TREE + "D-3,,grassroots,D,\n", ("row 5", "column name")),
        (TREE + "D-3,Union 3,,D,\n", ("row 5", "column level")),
        (TREE + "D-3,Union 3,grassroots,E,\n", ("row 5", "column parent", "'E'")),
        (TREE + "D-1,Union again,grassroots,D,\n", ("row 5", "column code", "row 3")),
        (TREE + "D:3,Union 3,grassroots,D,\n", ("row 5", "column code", "D:3")),
        (TREE + "D-3,Union 3,grassroots,D-3,\n", ("row 5", "column parent", "'D-3'")),
        (TREE + '"D-3\x00",Union 3,grassroots,D,\n', ("row 5", "column code")),
    ],
)
def test_a_mistake_in_the_organisation_is_named_and_nothing_is_applied(
    operator: Operator, text: str, words: tuple[str, ...]
) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", text)).refused_with(*words)
    assert known(operator) == (0, 0)


def test_a_union_cannot_be_put_below_itself(operator: Operator) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", TREE)).code == 0
    circle = write(operator, "circle.csv", HEAD + "D,Federation,district,D-1,\n")
    assert operator.types("org", "import", circle).refused_with("row 2", "column parent", "D-1 stands below D")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("union,role\nD-1,officer\n", ("channel", "address")),
        (POSTS + "D-1,officer,telegram,1\nNOBODY,officer,telegram,2\n", ("row 3", "column union", "NOBODY")),
        (POSTS + "D-1,officer,telegram,1\nD-2,chairman,telegram,2\n", ("row 3", "column role", "chairman")),
        (POSTS + "D-1,officer,telegram,1\nD-1,staff,telegram,1\n", ("row 3", "column role", "row 2")),
        (POSTS + "D-1,officer,telegram,1\nD-2,officer,telegram,\n", ("row 3", "column address", "empty")),
        (POSTS + "D-1,officer,telegram,1\nD-2,officer,,2\n", ("row 3", "column channel", "empty")),
        (POSTS + "D-1,officer,telegram,1\nD-2,officer,telegramm,2\n", ("row 3", "column channel", "telegramm")),
    ],
)
def test_a_mistake_in_the_officers_is_named_and_nothing_is_applied(
    operator: Operator, text: str, words: tuple[str, ...]
) -> None:
    assert operator.types("org", "import", write(operator, "tree.csv", TREE)).code == 0
    assert operator.types("officers", "import", write(operator, "posts.csv", text)).refused_with(*words)
    assert known(operator) == (3, 0)


def test_a_file_in_another_encoding_says_how_to_save_it(operator: Operator) -> None:
    (operator.folder / "tree.csv").write_bytes(TREE.replace("Union 1", "Công đoàn 1").encode("utf-16"))
    assert operator.types("org", "import", "tree.csv").refused_with("tree.csv", "UTF-8")


# The database.


def test_a_locked_database_is_said(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(open_engine.__kwdefaults__, "busy_seconds", 0.1)
    Store.open(operator.url).close()
    other = sqlite3.connect(operator.folder / "office.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        ended = operator.types("org", "import", write(operator, "tree.csv", TREE))
    finally:
        other.close()
    assert ended.refused_with("locked by another process") and known(operator) == (0, 0)


def test_a_newer_database_is_said(operator: Operator) -> None:
    Store.open(operator.url).close()
    other = sqlite3.connect(operator.folder / "office.sqlite", isolation_level=None)
    other.execute("UPDATE alembic_version SET version_num = 'a-later-one'")
    other.close()
    refused = operator.types("org", "import", write(operator, "tree.csv", TREE))
    assert refused.refused_with("newer version of this program")
    assert operator.types("run", TELEGRAM_BOT_TOKEN=TOKEN).refused_with("newer version of this program")


def test_a_file_that_is_no_database_is_said(operator: Operator) -> None:
    (operator.folder / "office.sqlite").write_text("minutes " * 1000, encoding="utf-8")
    assert operator.types("ring", "--dry-run").refused_with("no database of ours")


# The bot itself.


def test_without_a_channel_it_says_what_to_set(operator: Operator) -> None:
    assert operator.types("run").refused_with("ZALO_BOT_TOKEN", "TELEGRAM_BOT_TOKEN", "make run")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TELEGRAM_BOT_TOKEN": "no token at all"}, ("TELEGRAM_BOT_TOKEN", "@BotFather")),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_BASE_URL": "https://x"}, ("WEBHOOK_SECRET",)),
        ({"ZALO_BOT_TOKEN": "no token at all"}, ("ZALO_BOT_TOKEN", "Zalo Bot Manager")),
        ({"ZALO_BOT_TOKEN": TOKEN, "WEBHOOK_BASE_URL": "https://x"}, ("WEBHOOK_SECRET",)),
        ({"ZALO_BOT_TOKEN": TOKEN, "PUBLIC_BASE_URL": "bot.example"}, ("PUBLIC_BASE_URL", ".env.example")),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "CHECK_IN_DAY": "40"}, ("CHECK_IN_DAY", ".env.example")),
    ],
)
def test_settings_that_cannot_work_are_named(
    operator: Operator, settings: dict[str, str], words: tuple[str, ...]
) -> None:
    ended = operator.types("run", **settings)
    assert ended.refused_with(*words) and SECRET_HALF not in ended.err


@asynccontextmanager
async def at_port(server: FakeTelegram, port: int) -> AsyncIterator[FakeTelegram]:
    """The fake Telegram where a process expects it."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", server._take)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield server
    finally:
        await runner.cleanup()


def test_a_wrong_token_ends_with_a_sentence(operator: Operator) -> None:
    async def life() -> Any:
        async with FakeTelegram() as server:
            wrong = "123456:AAE-another-secret-half-of-a-token__"
            with operator.starts("run", TELEGRAM_BOT_TOKEN=wrong, TELEGRAM_API_BASE=server.base) as process:
                return await asyncio.to_thread(process.ends)

    ended = asyncio.run(life())
    assert ended.refused_with("Telegram refused the bot token", "TELEGRAM_BOT_TOKEN")
    assert "another-secret" not in ended.err + ended.out


def test_an_unreachable_network_is_waited_for_and_what_was_written_meanwhile_is_answered(operator: Operator) -> None:
    port = free_port()
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": f"http://127.0.0.1:{port}"}

    async def life(wait: Callable[[Callable[[], Any]], Awaitable[None]]) -> Any:
        server = FakeTelegram(updates=[said(1, "xin chào"), {"update_id": 2, "poll": {}}, said(3, "x" * 4000)])
        with operator.starts("run", **settings) as process:
            await wait(lambda: any("telegram_unreachable" in line for line in process.err))
            assert process.popen.poll() is None
            async with at_port(server, port):
                await wait(lambda: len(server.called("sendMessage")) == 2)
                ended = await asyncio.to_thread(process.stop)
        return server, ended

    server, ended = asyncio.run(life(until))
    assert ended.code == 0 and "Traceback" not in ended.err
    assert SECRET_HALF not in ended.err + ended.out and "xin chào" not in ended.err
    assert all("telegram 77" in call.fields["text"] for call in server.called("sendMessage"))


def test_on_zalo_alone_events_come_to_the_webhook_and_files_have_an_address(operator: Operator) -> None:
    port, secret = free_port(), "a-word-between-Zalo-and-us"
    local = f"http://127.0.0.1:{port}"
    settings = {"WEBHOOK_BASE_URL": "https://bot.example", "WEBHOOK_PORT": str(port), "WEBHOOK_SECRET": secret}

    async def life() -> Any:
        async with fake_zalo.FakeZalo() as server, ClientSession() as visitor:
            bot = {"ZALO_BOT_TOKEN": fake_zalo.TOKEN, "ZALO_API_BASE": server.base, "ZALO_SPACING": "0"}
            with operator.starts("run", **bot, **settings) as process:
                await until(lambda: server.webhook)
                for word, status in ((secret, 200), (secret, 200), ("another", 401)):
                    header = {"X-Bot-Api-Secret-Token": word}
                    event = fake_zalo.wrapped(fake_zalo.event(1, text="xin chào"))
                    async with visitor.post(local + "/zalo/webhook", json=event, headers=header) as answer:
                        assert answer.status == status
                await until(server.texts)
                async with visitor.get(local + "/files/1-2-3") as answer:
                    assert answer.status == 404
                return server, await asyncio.to_thread(process.stop)

    server, ended = asyncio.run(life())
    assert ended.code == 0 and "Traceback" not in ended.err
    assert server.webhook == {"url": "https://bot.example/zalo/webhook", "secret_token": secret}
    (text,) = server.texts()
    assert f"zalo {fake_zalo.CHAT}" in text, "one answer, however often the event came"
    assert fake_zalo.TOKEN.split(":")[1] not in ended.err + ended.out
