"""`congdoan doctor` says of every part whether it works and what to do, changes nothing and tells no secret."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import text

from bot import doctor
from bot.clock import Clock
from bot.doctor_channels import channel_findings
from bot.finding import Finding
from bot.rings import rang
from bot.settings import Settings
from db import Letter, inbox, officers, outbox
from db.examination import examine
from db.moving import rows_of
from db.store import Store
from knowledge.index import Library
from scheduler import ZONE
from tests import fake_telegram, fake_zalo
from tests.fake_telegram import Call, FakeTelegram
from tests.fake_zalo import FakeZalo, done
from tests.process_room import Ended, Operator, built_index
from tests.small_office import SmallOffice

Marks = dict[str, list[str]]

BASE = "https://bot.example"
SECRET = "a-word-between-them-and-us"


@dataclass
class Telegram(FakeTelegram):
    """Also tells about its webhook; `told` is what it adds."""

    told: dict[str, Any] = field(default_factory=dict)

    async def _get_webhook_info(self, call: Call) -> web.Response:
        result = {"url": self.webhook.get("url", ""), "pending_update_count": 0, **self.told}
        return web.json_response({"ok": True, "result": result})


@dataclass
class Zalo(FakeZalo):
    """Likewise, as Zalo documents it."""

    async def _take(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] == "getWebhookInfo" and request.match_info["token"] == fake_zalo.TOKEN:
            return done({"url": self.webhook.get("url", ""), "updated_at": fake_zalo.SENT_AT})
        return await super()._take(request)


def over_network(telegram: Telegram, **values: Any) -> list[Finding]:
    """What is found out about both messengers, one of them as the test has it."""

    async def look() -> list[Finding]:
        async with telegram, Zalo() as zalo, ClientSession() as session:
            given: dict[str, Any] = {
                "telegram_bot_token": fake_telegram.TOKEN,
                "telegram_api_base": telegram.base,
                "zalo_bot_token": fake_zalo.TOKEN,
                "zalo_api_base": zalo.base,
            }
            if base := values.get("webhook_base_url"):
                zalo.webhook = {"url": f"{base}/zalo/webhook"}
            return await channel_findings(Settings(_env_file=None, **(given | values)), session)

    return asyncio.run(look())


def marks(found: list[Finding]) -> Marks:
    """The marks of each part."""
    listed: Marks = {}
    for each in found:
        listed.setdefault(each.part, []).append(each.mark)
    return listed


def words(found: list[Finding], part: str) -> str:
    return " ".join(f"{each.said} {each.advice}" for each in found if each.part == part)


def webhook_of(url: str = f"{BASE}/telegram/webhook", **told: Any) -> Telegram:
    return Telegram(webhook={"url": url} if url else {}, told=told)


AT_WEBHOOK = {"webhook_base_url": BASE, "webhook_secret": SECRET}


@pytest.mark.parametrize(
    ("server", "values", "part", "expected", "said"),
    [
        (webhook_of(""), {}, "telegram token", ["ok"], "sample_bot"),
        (webhook_of(""), {}, "telegram webhook", ["ok"], "updates are asked for"),
        (webhook_of(), {}, "telegram webhook", ["warn"], "WEBHOOK_BASE_URL is not"),
        (webhook_of(), AT_WEBHOOK, "telegram webhook", ["ok"], "leads to WEBHOOK_BASE_URL"),
        (webhook_of("https://other.example/x"), AT_WEBHOOK, "telegram webhook", ["warn"], "leads elsewhere"),
        (webhook_of(""), AT_WEBHOOK, "telegram webhook", ["warn"], "is not set"),
        (webhook_of(), {"webhook_base_url": BASE}, "telegram webhook", ["bad", "ok"], "WEBHOOK_SECRET"),
        (webhook_of(), {**AT_WEBHOOK, "webhook_secret": "short"}, "telegram webhook", ["bad", "ok"], "32 to 64"),
        (
            webhook_of(),
            {"webhook_base_url": BASE, "telegram_webhook_secret": SECRET},
            "telegram webhook",
            ["ok"],
            "leads to",
        ),
        (
            webhook_of(),
            {"webhook_base_url": BASE, "telegram_webhook_secret": SECRET},
            "zalo webhook",
            ["bad", "ok"],
            "",
        ),
        (
            webhook_of("http://x/telegram/webhook"),
            {**AT_WEBHOOK, "webhook_base_url": "http://x"},
            "telegram webhook",
            ["bad", "ok"],
            "no https",
        ),
        (webhook_of(pending_update_count=500), AT_WEBHOOK, "telegram webhook", ["ok", "warn"], "500 updates wait"),
        (
            webhook_of(last_error_date=int(time.time()) - 60, last_error_message="Connection timed out"),
            AT_WEBHOOK,
            "telegram webhook",
            ["ok", "warn"],
            "Connection timed out",
        ),
        (webhook_of(last_error_date=1000, last_error_message="long ago"), AT_WEBHOOK, "telegram webhook", ["ok"], ""),
        (webhook_of(""), {"telegram_bot_token": "1:AAE-another-token"}, "telegram token", ["bad"], "refuses it"),
        (webhook_of(""), {"telegram_api_base": "http://127.0.0.1:9"}, "telegram token", ["bad"], "TELEGRAM_API_BASE"),
        (webhook_of(""), {}, "zalo token", ["ok"], "bot.mau"),
        (webhook_of(""), {}, "zalo webhook", ["ok"], "updates are asked for"),
        (webhook_of(""), {}, "clock", ["ok"], "agrees"),
        (webhook_of(""), {"congdoan_now": "2025-03-20T09:00:00"}, "clock", ["warn", "ok"], "CONGDOAN_NOW"),
    ],
)
def test_what_is_found_out_about_messengers(
    server: Telegram, values: dict[str, Any], part: str, expected: list[str], said: str
) -> None:
    found = over_network(server, **values)
    assert marks(found)[part] == expected and said in words(found, part)
    for secret in (fake_telegram.TOKEN.split(":")[1], fake_zalo.TOKEN.split(":")[1], "AAE-another", SECRET):
        assert secret not in str(found)
    assert all(each.advice for each in found if each.mark != "ok"), "whatever is wrong, it is said what to do"


@pytest.mark.parametrize(("seconds", "mark"), [(0, "ok"), (20, "warn"), (-20, "warn"), (90, "bad"), (-86400, "bad")])
def test_the_clock_is_compared_with_theirs(seconds: float, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Clock.now
    monkeypatch.setattr(Clock, "now", lambda self: real(self) + timedelta(seconds=seconds))
    found = over_network(Telegram())
    assert marks(found)["clock"] == [mark]
    assert mark == "ok" or ("ahead of" in words(found, "clock")) is (seconds > 0)


def test_a_server_that_answers_nonsense_is_out_of_reach() -> None:
    server = Telegram()
    server.answers["getMe"].append((502, "<html>Bad Gateway</html>"))
    assert marks(over_network(server))["telegram token"] == ["bad"]


def test_without_any_channel_nothing_can_work() -> None:
    found = over_network(Telegram(), telegram_bot_token=None, zalo_bot_token=None)
    assert marks(found) == {"channels": ["bad"], "clock": ["warn"]}


# The machine.

NOW = datetime.now(ZONE)


def database(folder: Path, change: Callable[[Any], object] = lambda _: None) -> list[Finding]:
    """What is found out about a database in which something was changed before."""
    url = f"sqlite:///{folder / 'office.sqlite'}"
    store = Store.open(url)
    with store.transaction() as connection:
        change(connection)
    store.close()
    return list(doctor._database(Settings(_env_file=None, var_dir=folder, database_url=url)))


def revision(number: str) -> Callable[[Any], object]:
    return lambda connection: connection.execute(text(f"UPDATE alembic_version SET version_num = '{number}'"))


def written(due: datetime, state: str = "due") -> Callable[[Any], object]:
    """25 letters that were due at a moment, some of them given up."""

    def write(connection: Any) -> None:
        outbox.write(connection, [Letter(f"a:{n}", "digest", "zalo", f"x{n}", {}, due) for n in range(25)], due)
        if state == "dead":
            connection.execute(text("UPDATE outbox SET state = 'dead'"))

    return write


@pytest.mark.parametrize(
    ("change", "part", "mark", "said"),
    [
        (lambda _: None, "database", "ok", "the newest"),
        (lambda _: None, "ring", "warn", "never rang"),
        (lambda _: None, "letters", "ok", "0 wait"),
        (lambda _: None, "updates", "ok", "0 wait"),
        (lambda _: None, "administrators", "warn", "Nobody"),
        (revision("0001"), "database", "warn", "congdoan db upgrade"),
        (revision("9999"), "database", "bad", "newer version"),
        (lambda connection: rang(connection, NOW), "ring", "ok", f"{NOW:%H:%M}"),
        (lambda connection: rang(connection, NOW - timedelta(hours=2)), "ring", "warn", "see its log"),
        (written(NOW), "letters", "ok", "25 wait"),
        (written(NOW - timedelta(hours=1)), "letters", "warn", "See that the bot runs"),
        (written(NOW - timedelta(minutes=1), "dead"), "letters", "warn", "25 were given up"),
        (
            lambda connection: inbox.store(connection, "zalo", "1", {}, NOW - timedelta(hours=1)),
            "updates",
            "warn",
            "1 wait",
        ),
    ],
)
def test_what_is_found_out_about_the_office(
    change: Callable[[Any], object], part: str, mark: str, said: str, tmp_path: Path
) -> None:
    found = [each for each in database(tmp_path, change) if each.part == part]
    assert mark in [each.mark for each in found] and said in words(found, part)


def test_administrators_would_be_told(store: Store, library: Library, tmp_path: Path) -> None:
    SmallOffice(store, library, people=("PR-01",))
    with store.transaction() as connection:
        officers.add(connection, "BPC", "administrator", "zalo", "boss", NOW)
    assert marks(database(tmp_path))["administrators"] == ["ok"]


def test_a_damaged_database_is_found_out(tmp_path: Path) -> None:
    def much(connection: Any) -> None:
        for number in range(300):
            inbox.store(connection, "zalo", str(number), {"text": "x" * 900}, NOW)

    assert marks(database(tmp_path, much))["database"] == ["ok"]
    file = tmp_path / "office.sqlite"
    content = bytearray(file.read_bytes())
    content[-60_000:-20_000] = b"\xff" * 40_000
    file.write_bytes(content)
    found = list(doctor._database(Settings(_env_file=None, var_dir=tmp_path, database_url=f"sqlite:///{file}")))
    assert any(each.mark == "bad" and each.part == "database" for each in found)


def test_a_database_that_another_process_holds_is_found_out(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'office.sqlite'}")
    with store.transaction():
        found = list(doctor._database(Settings(_env_file=None, database_url=str(store.engine.url))))
    store.close()
    assert "bad" in marks(found)["database"] and "locked" in words(found, "database")


def test_nothing_is_made_where_nothing_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'office.sqlite'}"
    (found,) = doctor._database(Settings(_env_file=None, database_url=url))
    assert found.mark == "warn" and "none yet" in found.said
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_nearly_full_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor._disk(tmp_path / "not" / "there" / "yet").mark == "ok"
    monkeypatch.setattr(doctor, "LEAST_DISK", 10**18)
    assert doctor._disk(tmp_path).mark == "bad"


# The command.


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Operator:
    return Operator(tmp_path, tmp_path, monkeypatch, capsys)


def test_the_command_says_it_in_lines_and_as_json_and_by_its_end(operator: Operator) -> None:
    built_index(operator.var)
    shown, listed = operator.types("doctor"), operator.types("doctor", "--json")
    assert shown.code == listed.code == 1, "no channel is configured"
    assert "BAD" in shown.out and "Set ZALO_BOT_TOKEN or TELEGRAM_BOT_TOKEN." in shown.out
    found = {each["part"]: each for each in json.loads(listed.out)}
    assert set(found["channels"]) == {"part", "mark", "said", "advice"}
    assert found["channels"]["mark"] == "bad" and found["library"]["mark"] == "ok" and found["settings"]["mark"] == "ok"
    assert list(operator.folder.glob("*.sqlite")) == [operator.var / "knowledge.sqlite"], "nothing was made"


def test_settings_that_cannot_be_read_are_named(operator: Operator) -> None:
    ended = operator.types("doctor", CHECK_IN_DAY="32")
    assert ended.code == 1 and "CHECK_IN_DAY" in ended.out


def test_a_sound_installation_ends_with_0(operator: Operator) -> None:
    Store.open(operator.url).close()

    async def life() -> Ended:
        async with Zalo() as zalo:
            values = {"ZALO_BOT_TOKEN": fake_zalo.TOKEN, "ZALO_API_BASE": zalo.base}
            with operator.starts("doctor", **values) as process:
                return await asyncio.to_thread(process.ends)

    ended = asyncio.run(life())
    assert ended.code == 0 and "BAD" not in ended.out and fake_zalo.TOKEN not in ended.out


@pytest.mark.both_engines
def test_either_engine_is_examined_and_left_as_it_was(store: Store) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    before = rows(store)
    found = examine(url)
    assert found.revision == found.newest and found.engine == store.engine.dialect.name
    assert (found.damage, found.locked_out) == ("", "")
    assert rows(store) == before


def rows(store: Store) -> dict[str, int]:
    with store.transaction() as connection:
        return rows_of(connection)


def test_a_server_that_is_out_of_reach_is_told_without_the_password() -> None:
    (found,) = doctor._database(
        Settings(_env_file=None, database_url="postgresql://office:the-password@127.0.0.1:9/office")
    )
    assert found.mark == "bad" and "PostgreSQL" in found.said and "the-password" not in str(found)
