"""Files behind signed links: who has the link has the file, for a while, and nobody can make one up."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels import Limits
from bot.links import LIFETIME, Links, file_behind, link_route
from db import Letter, outbox, retention
from db.store import Store
from handlers import Attachment, Reply
from handlers.personal import BLANK
from handlers.replies import to_json
from knowledge.index import Library
from tests.small_office import CHANNEL, THURSDAY, SmallOffice

BASE = "https://bot.example/"
DRAFT = Attachment("Báo cáo quý 1.docx", "text/html", b"<script>")
CHART = Attachment("tiến độ.png", "text/html", b"\x89PNG\r\n content")
TEXT_ONLY = Limits(characters=2000, buttons=0, files=False, markup=False, edits=False)


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office whose channel takes no files."""
    small = SmallOffice(store, library, people=("PR", "PR-01"))
    small.channel.limits = TEXT_ONLY
    small.house.delivery.links = Links(BASE)
    return small


def write(office: SmallOffice, file: Attachment | None, key: str = "report:1") -> Letter:
    letter = Letter(key, "report", CHANNEL, "PR-01", to_json(Reply("Bản nháp đây ạ.", file=file)), THURSDAY)
    with office.store.transaction() as connection:
        outbox.write(connection, (letter,), THURSDAY)
    return office.letters("PR-01")[-1]


def token_in(text: str) -> str:
    (line,) = (line for line in text.splitlines() if line.startswith(BASE))
    return line.removeprefix(BASE + "files/")


def sent_token(office: SmallOffice, file: Attachment = DRAFT) -> str:
    """What a person gets as a link, from the letter to the message."""
    write(office, file)
    office.deliver()
    return token_in(office.channel.texts("PR-01")[-1])


def behind(office: SmallOffice, token: str) -> Attachment | None:
    with office.store.transaction() as connection:
        return file_behind(connection, token, office.clock.now())


def test_a_file_arrives_as_a_link_in_words(office: SmallOffice) -> None:
    token = sent_token(office)
    (text,) = office.channel.texts("PR-01")
    lines = text.splitlines()
    assert lines[0] == "Bản nháp đây ạ." and DRAFT.name in lines[2]
    assert lines[-1] == "Liên kết mở được đến 09:00 22/03/2025."
    assert behind(office, token) == DRAFT


def test_a_letter_without_a_file_has_no_link(office: SmallOffice) -> None:
    write(office, None)
    office.deliver()
    assert office.channel.texts("PR-01") == ["Bản nháp đây ạ."]


def test_without_a_public_address_the_file_is_named_and_where_to_get_it(office: SmallOffice) -> None:
    office.house.delivery.links = Links()
    write(office, DRAFT)
    office.deliver()
    (text,) = office.channel.texts("PR-01")
    assert DRAFT.name in text and "http" not in text and "Telegram" in text


def test_a_link_opens_for_a_while(office: SmallOffice) -> None:
    token = sent_token(office)
    office.clock.move_to(THURSDAY + LIFETIME - timedelta(seconds=1))
    assert behind(office, token) == DRAFT
    office.clock.move_to(THURSDAY + LIFETIME + timedelta(seconds=1))
    assert behind(office, token) is None


def test_nobody_can_make_a_link_up(office: SmallOffice) -> None:
    token = sent_token(office)
    write(office, CHART, "report:2")
    number, until, signature = token.split("-")
    made_up = [
        f"{int(number) + 1}-{until}-{signature}",
        f"{number}-{int(until) + 1}-{signature}",
        f"{number}-{until}-{signature[::-1]}",
        f"{number}-{until}-",
        f"0{number}-{until}-{signature}",
        f"{number}-{until}-{signature.upper()}x",
        "9" * 400,
        "",
    ]
    assert [behind(office, each) for each in made_up] == [None] * len(made_up)
    assert behind(office, token) == DRAFT


def test_another_office_has_another_key(office: SmallOffice, tmp_path: Any, library: Library) -> None:
    token = sent_token(office)
    other = SmallOffice(Store.open(f"sqlite:///{tmp_path / 'other.sqlite'}"), library, people=("PR", "PR-01"))
    write(other, CHART)
    assert behind(other, token) is None
    other.store.close()


def test_what_was_forgotten_does_not_open(office: SmallOffice) -> None:
    token = sent_token(office)
    with office.store.transaction() as connection:
        retention.forget_address(connection, BLANK, CHANNEL, "PR-01")
    assert behind(office, token) is None


@pytest.mark.parametrize(
    ("file", "kind", "way"),
    [(DRAFT, "application/octet-stream", "attachment"), (CHART, "image/png", "inline")],
    ids=["a document is saved, whatever it calls itself", "a picture is shown"],
)
def test_what_a_browser_gets(office: SmallOffice, file: Attachment, kind: str, way: str) -> None:
    token = sent_token(office, file)

    async def visit() -> None:
        application = web.Application()
        application.add_routes([link_route(office.store, office.clock)])
        async with TestClient(TestServer(application)) as visitor:
            for _ in range(2):
                response = await visitor.get("/files/" + token)
                assert (response.status, await response.read()) == (200, file.content)
            assert response.content_type == kind
            assert response.headers["Content-Disposition"].startswith(way + "; filename*=UTF-8''")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert response.headers["Cache-Control"] == "no-store"
            refused = await visitor.get("/files/" + token[:-1] + "g")
            assert refused.status == 404 and "nhắn em" in await refused.text()
            assert refused.content_type == "text/plain"

    asyncio.run(asyncio.wait_for(visit(), 10))
