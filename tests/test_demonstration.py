"""The demonstration on a real port, as a script uses it: questions, the clock, reminders, the check-in, the digest."""

import asyncio
import json
import re
import socket
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from bot.app import running
from bot.demonstration import Demonstration, open_demonstration
from bot.office import Refused
from bot.seed import default_start
from bot.settings import Settings
from db import notes, unions
from db.engine import StoreBusy
from db.store import Store
from handlers.phrasebook import Phrases
from knowledge import Union
from knowledge.index import Library
from scheduler import ZONE
from tests.process_room import PATIENCE, Operator, Process, built_index

PHRASES = Phrases("vi")
START = datetime(2025, 3, 19, 8, 0, tzinfo=ZONE)


class Page:
    """The JSON interface at an address."""

    def __init__(self, base: str) -> None:
        self.base = base

    def get(self, path: str) -> Any:
        with urlopen(self.base + path, timeout=PATIENCE) as response:
            return json.load(response)

    def post(self, path: str, body: object) -> tuple[int, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        try:
            with urlopen(Request(self.base + path, data=content), timeout=PATIENCE) as response:
                return response.status, json.load(response)
        except HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal)

    def say(self, persona: str, text: str) -> list[Any]:
        status, body = self.post("/api/say", {"persona": persona, "text": text})
        assert status == 200, body
        return list(body["replies"])

    def tap(self, persona: str, choice: str) -> list[Any]:
        status, body = self.post("/api/say", {"persona": persona, "choice": choice})
        assert status == 200, body
        return list(body["replies"])

    def letters(self, persona: str) -> list[Any]:
        return list(self.get(f"/api/letters?persona={quote(persona)}")["letters"])

    def move_to(self, moment: str) -> None:
        status, body = self.post("/api/clock", {"to": moment})
        assert status == 200, body


def page_of(process: Process) -> Page:
    """Wait for the address that the demonstration prints."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.popen.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", "".join(process.out)):
            return Page(found.group())
        time.sleep(0.05)
    raise AssertionError("".join(process.err))


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("var"))


@pytest.fixture
def operator(
    tmp_path: Path, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Operator:
    return Operator(tmp_path, var, monkeypatch, capsys)


def test_a_newcomer_sees_everything_through_the_json_interface(operator: Operator) -> None:
    database = f"sqlite:///{operator.folder / 'demonstration.sqlite'}"
    with operator.starts("demo", "--port", "0", "--database", database) as process:
        page = page_of(process)
        personas_are_named_by_role(page)
        questions_are_answered(page)
        refusals_are_sentences(page)
        an_overdue_report_was_reminded_of_and_is_marked(page)
        the_check_in_is_asked_for_and_answered(page)
        the_digest_names_who_is_late(page)
        before = page.get("/api/clock")["now"]
        talk = page.get("/api/transcript?persona=PR-01")
    ended = process.stop()
    assert ended.code == 0 and "Traceback" not in ended.err
    with operator.starts("demo", "--port", "0", "--database", database) as process:
        page = page_of(process)
        assert page.get("/api/clock")["now"] >= before, "the clock goes on where it stood"
        assert page.get("/api/transcript?persona=PR-01") == talk, "and the talk is still there"


def personas_are_named_by_role(page: Page) -> None:
    personas = {each["id"]: each for each in page.get("/api/personas")["personas"]}
    assert {"PR-01", "BD-02", "PR", "BD"} <= set(personas) and "DLK-BMT-03" not in personas
    assert (personas["PR-01"]["role"], personas["PR"]["role"]) == ("officer", "staff")
    with urlopen(page.base + "/", timeout=PATIENCE) as response:
        assert PHRASES.say("page-demonstration") in response.read().decode()


def questions_are_answered(page: Page) -> None:
    for question in ("chỉ tiêu 2025 của mình là gì?", "what is our 2025 target?"):
        (reply,) = page.say("PR-01", question)
        assert "3.100" in reply["text"] and reply["file"] is None
        wording = page.tap("PR-01", reply["choices"][0]["id"])
        assert "3.100 đoàn viên" in wording[0]["text"]


def refusals_are_sentences(page: Page) -> None:
    assert page.say("PR-01", "x" * 60_000)[0]["text"] == PHRASES.say("too-long", most=2000)
    body = json.dumps({"persona": "PR-01", "text": "x" * 2_000_000}).encode()
    for path, content, status in (
        ("/api/say", body, 413),
        ("/api/say", b"no json", 400),
        ("/api/say", {"persona": "NOBODY", "text": "x"}, 404),
        ("/api/say", {"persona": "PR-01"}, 400),
        ("/api/clock", {"to": "yesterday"}, 400),
        ("/api/clock", {"to": "2025-03-18T08:00:00+07:00"}, 400),
    ):
        found, answer = page.post(path, content)
        assert found == status and set(answer) == {"error"} and "Traceback" not in answer["error"]
    (reply,) = page.tap("PR-01", "checkin:start:2019-01")
    assert reply["text"] == PHRASES.say("old-button")


def an_overdue_report_was_reminded_of_and_is_marked(page: Page) -> None:
    (letter,) = page.letters("PR-01")
    assert letter["kind"] == "reminder" and letter["at"].startswith("2025-03-19T08:0")
    done = page.tap("PR-01", letter["choices"][0]["id"])[0]
    receipt = page.tap("PR-01", done["choices"][0]["id"])[0]
    assert "BC-" in receipt["text"]
    page.move_to("2025-03-21T18:00:00+07:00")
    assert len(page.letters("PR-01")) == 1, "nobody is reminded of what was submitted"
    assert len(page.letters("PR-03")) == 2, "and the others are, once at each rung"


def the_check_in_is_asked_for_and_answered(page: Page) -> None:
    page.move_to("2025-03-25T08:00:00+07:00")
    prompt = page.letters("PR-01")[-1]
    assert "tháng 3/2025" in prompt["text"]
    asked = page.tap("PR-01", prompt["choices"][0]["id"])[0]
    for text in ("130", "2", "145", "1", "không có", "không"):
        (asked,) = page.say("PR-01", text)
    send = next(choice for choice in asked["choices"] if choice["label"] == PHRASES.say("checkin-send"))
    (receipt,) = page.tap("PR-01", send["id"])
    assert "2025-03/" in receipt["text"]


def the_digest_names_who_is_late(page: Page) -> None:
    digest = page.letters("PR")[-1]
    assert digest["kind"] == "digest" and "PR-03" in digest["text"] and "BD-0" not in digest["text"]
    (asked,) = page.say("PR", "/tinhhinh")
    late = asked["text"].split(PHRASES.say("digest-unreachable", count=1).split("(")[0])[0]
    assert "PR-03" in late and "PR-01" not in late


# Whose database it is.


def real_office(url: str) -> None:
    store = Store.open(url)
    with store.transaction() as connection:
        unions.put(connection, [Union("D", "Federation", "district", "")])
    store.close()


def begun_office(url: str) -> None:
    store = Store.open(url)
    with store.transaction() as connection:
        notes.write(connection, "began", "2025-01-01")
    store.close()


@pytest.mark.parametrize("make", [real_office, begun_office])
def test_it_refuses_a_database_that_is_not_its_own(operator: Operator, make: Any) -> None:
    make(operator.url)
    before = (operator.folder / "office.sqlite").read_bytes()
    refusal = operator.types("demo", "--port", "0", "--database", operator.url)
    assert refusal.refused_with("belongs to a real office", "--database")
    assert (operator.folder / "office.sqlite").read_bytes() == before


def test_the_bot_refuses_the_demonstrations_database(operator: Operator, library: Library) -> None:
    open_demonstration(operator.url, Settings(_env_file=None), library).store.close()
    token = "123456:AAE-the-secret-half-of-a-token_xyz"
    assert operator.types("run", TELEGRAM_BOT_TOKEN=token).refused_with("demonstration's database")
    (operator.folder / "tree.csv").write_text("code,name,level,parent,sector\n", encoding="utf-8")
    assert operator.types("org", "import", "tree.csv").refused_with("demonstration's database")


def test_a_port_that_is_taken_is_said(operator: Operator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = operator.types("demo", "--port", port, "--database", operator.url)
    assert ended.refused_with(port, "Choose another port")


# The clock.


@pytest.fixture
def opened(tmp_path: Path, library: Library) -> Iterator[Any]:
    """Opens the same demonstration, at the time that the settings say."""
    offices: list[Demonstration] = []

    def open_at(now: datetime | None) -> Demonstration:
        url = f"sqlite:///{tmp_path / 'demonstration.sqlite'}"
        offices.append(open_demonstration(url, Settings(_env_file=None, congdoan_now=now), library))
        return offices[-1]

    yield open_at
    for office in offices:
        office.store.close()


def at(office: Demonstration, moment: datetime) -> bool:
    return moment <= office.now() < moment + timedelta(minutes=1)


def test_the_clock_starts_where_it_is_told_to_and_never_goes_back(opened: Any) -> None:
    assert at(opened(None), default_start())
    june, july = datetime(2026, 6, 16, 8, tzinfo=ZONE), datetime(2026, 7, 16, 8, tzinfo=ZONE)
    assert at(opened(july), july)
    office = opened(july)
    asyncio.run(_moved(office, july + timedelta(days=1)))
    assert at(opened(june), july + timedelta(days=1)), "what was sent cannot be unsent"


def test_the_clock_goes_on_where_it_stood_although_nobody_moved_it(opened: Any) -> None:
    office = opened(START)
    office.clock.move_to(START + timedelta(hours=5))
    office.close()
    assert at(opened(None), START + timedelta(hours=5))


async def _moved(office: Demonstration, to: datetime) -> None:
    async with running(office.house):
        await office.move_clock(to)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (datetime(2025, 3, 19, 8, tzinfo=ZONE), (date(2025, 3, 20), date(2025, 3, 31), date(2025, 6, 18))),
        (datetime(2025, 3, 31, 9, 30, 15, 7, tzinfo=ZONE), (date(2025, 4, 1), date(2025, 4, 30), date(2025, 6, 18))),
        (datetime(2025, 3, 15, 8, tzinfo=ZONE), (date(2025, 3, 16), date(2025, 3, 31), date(2025, 3, 19))),
        (datetime(2025, 12, 31, 8, tzinfo=ZONE), (date(2026, 1, 1), date(2026, 1, 31), date(2026, 3, 18))),
    ],
)
def test_the_jumps_of_the_clock_lead_forward_to_eight_in_the_morning(
    opened: Any, now: datetime, days: tuple[date, ...]
) -> None:
    office = opened(now)
    targets = [moment for _, moment in office.clock_targets()]
    assert [moment.date() for moment in targets] == list(days)
    assert all(moment.strftime("%H:%M:%S.%f") == "08:00:00.000000" and moment > office.now() for moment in targets)


def test_a_moment_that_has_passed_is_refused_in_a_sentence(opened: Any) -> None:
    office = opened(START)
    with pytest.raises(Refused) as refusal:
        asyncio.run(_moved(office, START - timedelta(seconds=1)))
    assert "Đồng hồ chỉ đi tới" in refusal.value.sentence


def test_a_moment_that_is_too_far_away_is_refused_in_a_sentence(opened: Any) -> None:
    office = opened(START)
    with pytest.raises(Refused) as refusal:
        asyncio.run(_moved(office, START.replace(year=9999)))
    assert "hai năm" in refusal.value.sentence and office.now().year == START.year


def test_moving_the_clock_sends_what_falls_due_on_the_way(opened: Any) -> None:
    office = opened(START - timedelta(hours=1))
    asyncio.run(_moved(office, START + timedelta(days=14)))
    said = office.letters("PR-03")
    assert [each.kind for each in said] == ["reminder"] * len(said) and len(said) >= 4
    assert all(8 <= each.at.hour < 17 and each.at.weekday() < 5 for each in said)
    assert len({each.at.date() for each in said}) == len(said), "at most one a day"


def test_a_database_that_cannot_be_used_is_said_to_the_visitor(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    office = opened(START)

    async def talk() -> None:
        async with running(office.house):
            monkeypatch.setattr("bot.turns.keep_all", _busy)
            await office.say("PR-01", "xin chào", None)

    with pytest.raises(Refused) as refusal:
        asyncio.run(talk())
    assert (refusal.value.sentence, refusal.value.status) == (PHRASES.say("trouble"), 503)


def _busy(*_: object) -> None:
    raise StoreBusy("locked")
