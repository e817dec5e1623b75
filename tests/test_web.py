"""The JSON interface of the demonstration page, as scripts and strangers use it."""

import asyncio
import base64
import io
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.web import demonstration_app
from tests.fake_office import ANSWER, REMINDER, REPORT, FakeOffice

Client = TestClient[Any, Any]


def visit(talk: Callable[[Client], Awaitable[None]], office: FakeOffice | None = None) -> None:
    async def visited() -> None:
        async with TestClient(TestServer(demonstration_app(office or FakeOffice()))) as client:
            await talk(client)

    asyncio.run(asyncio.wait_for(visited(), 20))


async def answer_of(response: ClientResponse, status: int = 200) -> Any:
    assert response.status == status, await response.text()
    assert response.content_type == "application/json"
    return await response.json()


def test_a_question_and_a_tap() -> None:
    office = FakeOffice()

    async def talk(client: Client) -> None:
        asked = await answer_of(await client.post("/api/say", json={"persona": "PR-01", "text": "chi\u0309 tiêu?"}))
        choices = [{"id": "wording", "label": "Xem nguyên văn"}, {"id": "targets", "label": "Các chỉ tiêu khác"}]
        assert asked == {"replies": [{"text": ANSWER, "choices": choices, "file": None}]}
        tapped = await answer_of(await client.post("/api/say", json={"persona": "PR-01", "choice": "wording"}))
        assert tapped == {"replies": [{"text": "Em đã ghi nhận.", "choices": [], "file": None}]}

    visit(talk, office)
    assert office.asked == [("PR-01", "chỉ tiêu?", None), ("PR-01", None, "wording")]


def test_a_file_can_be_fetched_and_is_never_shown_in_place() -> None:
    async def talk(client: Client) -> None:
        body = await answer_of(await client.post("/api/say", json={"persona": "PR-01", "choice": "report"}))
        file = body["replies"][0]["file"]
        assert file["name"] == REPORT.name
        response = await client.get(file["url"])
        assert await response.read() == REPORT.content
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''B%C3%A1o")
        await answer_of(await client.get("/files/0000"), 404)

    visit(talk)


PNG = b"\x89PNG\r\n\x1a\n and what follows"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PNG, "image/png"), (b"<html>", "application/octet-stream"), (b"\xff\xd8\xff\xe0", "image/jpeg")],
)
def test_a_file_that_is_sent_arrives_and_only_a_picture_is_shown(content: bytes, media_type: str) -> None:
    async def talk(client: Client) -> None:
        file = {"name": "ảnh.png", "media_type": "image/png", "content": base64.b64encode(content).decode()}
        body = await answer_of(await client.post("/api/say", json={"persona": "PR-01", "file": file}))
        link = body["replies"][0]["file"]
        assert (link["name"], link["picture"]) == ("ảnh.png", media_type != "application/octet-stream")
        response = await client.get(link["url"])
        assert (await response.read(), response.content_type) == (content, media_type)
        assert response.headers["Content-Disposition"].startswith("attachment")

    visit(talk)


def test_moving_the_clock_brings_letters() -> None:
    async def talk(client: Client) -> None:
        clock = await answer_of(await client.get("/api/clock"))
        assert clock["now"] == "2026-07-16T08:00:00+07:00"
        assert clock["targets"][0] == {"label": "Ngày hôm sau", "to": "2026-07-17T08:00:00+07:00"}
        assert await answer_of(await client.get("/api/letters?persona=BD-02")) == {"letters": []}
        moved = await answer_of(await client.post("/api/clock", json={"to": clock["targets"][0]["to"]}))
        assert moved["now"] == "2026-07-17T08:00:00+07:00"
        (letter,) = (await answer_of(await client.get("/api/letters?persona=BD-02")))["letters"]
        assert (letter["text"], letter["kind"], letter["at"]) == (REMINDER, "reminder", moved["now"])
        assert [choice["id"] for choice in letter["choices"]] == ["report", "later"]
        personas = (await answer_of(await client.get("/api/personas")))["personas"]
        assert {(persona["id"], persona["letters"]) for persona in personas} >= {("PR-01", 1), ("BD-02", 1)}

    visit(talk)


def test_a_time_without_offset_is_viet_nam_time() -> None:
    office = FakeOffice()

    async def talk(client: Client) -> None:
        moved = await answer_of(await client.post("/api/clock", json={"to": "2026-08-01T08:00"}))
        assert moved["now"] == "2026-08-01T08:00:00+07:00"
        moved = await answer_of(await client.post("/api/clock", json={"to": "2026-08-01T02:00:00Z"}))
        assert moved["now"] == "2026-08-01T09:00:00+07:00"

    visit(talk, office)


SAY = "/api/say"
CLOCK = "/api/clock"
LARGE = {"name": "a", "media_type": "", "content": base64.b64encode(bytes(11 * 2**20)).decode()}
REFUSALS = [
    ("no JSON", SAY, b"{persona", 400, "JSON"),
    ("no UTF-8", SAY, b"\xff\xfe", 400, "JSON"),
    ("nested without end", SAY, b"[" * 50_000, 400, "JSON"),
    ("no object", SAY, b"[]", 400, "JSON"),
    ("nothing said", SAY, b'{"persona": "PR-01"}', 400, "choice"),
    ("blank", SAY, b'{"persona": "PR-01", "text": " \\u202e "}', 400, "text"),
    ("both", SAY, b'{"persona": "PR-01", "text": "a", "choice": "b"}', 400, "text"),
    ("no text", SAY, b'{"persona": "PR-01", "text": {"a": 1}}', 400, "text"),
    ("nobody", SAY, b'{"text": "a"}', 404, "/api/personas"),
    ("unknown", SAY, b'{"persona": "XX-99", "text": "a"}', 404, "XX-99"),
    ("persona is a list", SAY, b'{"persona": ["PR-01"], "text": "a"}', 404, "/api/personas"),
    ("65 KB", SAY, json.dumps({"persona": "PR-01", "text": "ă" * 33_000}).encode(), 413, "64 KB"),
    ("16 MB", SAY, b'{"persona": "PR-01", "text": "' + b"a" * 2**24 + b'"}', 413, "64 KB"),
    ("file without content", SAY, b'{"persona": "PR-01", "file": {"name": "a", "media_type": ""}}', 400, "chọn lại"),
    (
        "file not base64",
        SAY,
        b'{"persona": "PR-01", "file": {"name": "a", "media_type": "", "content": "%"}}',
        400,
        "chọn",
    ),
    ("11 MB file", SAY, json.dumps({"persona": "PR-01", "file": LARGE}).encode(), 413, "10 MB"),
    ("the office refuses", SAY, '{"persona": "PR-01", "text": "từ chối"}'.encode(), 429, "sau ít phút"),
    ("backward", CLOCK, b'{"to": "2026-07-16T07:59:59+07:00"}', 400, "08:00 16/07/2026"),
    ("no time", CLOCK, b'{"to": "soon"}', 400, "2026-07-16T08:00:00+07:00"),
    ("no time at all", CLOCK, b"{}", 400, "2026-07-16T08:00:00+07:00"),
    ("out of the calendar", CLOCK, b'{"to": "9999-12-31T23:59:59-23:00"}', 400, "2026-07-16T08:00:00+07:00"),
]


@pytest.mark.parametrize(
    ("path", "body", "status", "hint"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
def test_a_wrong_request_is_refused_with_a_sentence(path: str, body: bytes, status: int, hint: str) -> None:
    office = FakeOffice()

    async def talk(client: Client) -> None:
        refused = await answer_of(await client.post(path, data=io.BytesIO(body)), status)
        assert list(refused) == ["error"]
        assert hint in refused["error"]

    visit(talk, office)
    assert office.time == FakeOffice().time
    assert not office.talks


def test_a_sentence_comes_in_the_language_of_the_page() -> None:
    async def talk(client: Client) -> None:
        refused = await answer_of(await client.get("/api/letters?persona=XX&lang=en"), 404)
        assert refused["error"].startswith("There is no person")
        page = await (await client.get("/?lang=en")).text()
        assert '<html lang="en">' in page and "sample unions" in page
        page = await (await client.get("/?lang=fr")).text()
        assert '<html lang="vi">' in page and "Bản dùng thử: công đoàn mẫu, đồng hồ giả lập" in page

    visit(talk)


def test_a_fault_shows_a_sentence_and_logs_no_words_of_the_visitor() -> None:
    async def talk(client: Client) -> None:
        with capture_logs() as logs:
            response = await client.post("/api/say", json={"persona": "PR-01", "text": "hỏng"})
        body = await answer_of(response, 500)
        assert "Traceback" not in str(body) and "fault" not in str(body)
        (entry,) = logs
        assert (entry["event"], entry["error"]) == ("page_failed", "RuntimeError")
        assert "hỏng" not in str(entry) and "visitor" not in str(entry)

    visit(talk)


STRANGERS = [
    ("another name (DNS rebinding)", {"Host": "evil.example:8080"}, 403),
    ("a name that begins alike", {"Host": "127.0.0.1.evil.example"}, 403),
    ("no name", {"Host": ""}, 403),
    ("no readable name", {"Host": "[::1"}, 403),
    ("another origin", {"Origin": "https://evil.example"}, 403),
    ("another port of this machine", {"Origin": "http://127.0.0.1:1"}, 403),
    ("a sandboxed frame", {"Origin": "null"}, 403),
    ("a form on another site", {"Sec-Fetch-Site": "cross-site"}, 403),
    ("a script", {}, 200),
    ("localhost", {"Host": "localhost:8080"}, 200),
    ("localhost by IPv6", {"Host": "[::1]:8080", "Origin": "http://[::1]:8080"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), [row[1:] for row in STRANGERS], ids=[row[0] for row in STRANGERS])
def test_who_may_speak(headers: dict[str, str], status: int) -> None:
    office = FakeOffice()

    async def talk(client: Client) -> None:
        body = {"persona": "PR-01", "text": "xin chào"}
        await answer_of(await client.post("/api/say", json=body, headers=headers), status)
        if "Host" in headers:
            assert (await client.get("/api/personas", headers=headers)).status == status

    visit(talk, office)
    assert len(office.asked) == (1 if status == 200 else 0)


@pytest.mark.parametrize("path", ["/", "/page.js", "/page.css", "/icon.svg", "/api/personas", "/nowhere"])
def test_every_answer_carries_the_strict_policy(path: str) -> None:
    async def talk(client: Client) -> None:
        response = await client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy and "http" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.status == (404 if path == "/nowhere" else 200)

    visit(talk)


def test_other_files_of_the_machine_stay_there() -> None:
    async def talk(client: Client) -> None:
        for path in ("/web.py", "/page.html", "/../web.py", "/%2e%2e/web.py", "/files/..%2fweb.py"):
            assert (await client.get(path)).status == 404

    visit(talk)
