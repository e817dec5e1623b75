"""What a process says of itself: on its own port, in figures, in the log."""

import asyncio
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession

from bot.health import Health, operation_app
from bot.listening import listening
from bot.logs import log_to_stderr, secrets_of, take_over_complaints
from bot.metrics import Metrics
from bot.settings import Settings
from bot.tracing import traced, traced_letter
from db import Letter, outbox, queues
from db.failures import StoreError
from db.queues import Queues
from db.store import Store
from knowledge.index import Library
from tests.small_office import CHANNEL, THURSDAY, SmallOffice

# The pages of the port.


def nothing() -> None:
    """Works."""


def broken() -> None:
    raise StoreError("The disk is full: free some space.")


def asked(path: str, health: Health, use_database: Callable[[], object] = nothing) -> tuple[int, Any]:
    """What the port answers; parsed where it is JSON."""

    async def ask() -> tuple[int, Any]:
        application = operation_app(health, Metrics(), use_database, nothing)
        async with (
            listening(application, "127.0.0.1", 0) as port,
            ClientSession() as visitor,
            visitor.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            is_json = answer.content_type == "application/json"
            return answer.status, await (answer.json() if is_json else answer.text())

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("health", "status", "words"),
    [
        (Health(), 200, ""),
        (Health(loops={"the turns": ""}, channels={"telegram": "well", "zalo": "well"}), 200, ""),
        (Health(channels={"telegram": "refused", "zalo": "well"}), 200, ""),
        (Health(channels={"telegram": "unreachable"}), 503, "telegram cannot be reached"),
        (Health(channels={"telegram": "refused", "zalo": "unreachable"}), 503, "telegram refuses the token"),
        (Health(channels={"zalo": "unchecked"}), 503, "zalo not asked yet"),
        (Health(loops={"the turns": "failed (KeyError) and begins again"}), 503, "The loop of the turns failed"),
        (Health(stopping=True, channels={"zalo": "well"}), 503, "stopping"),
    ],
)
def test_a_process_is_ready_or_says_why_not(health: Health, status: int, words: str) -> None:
    found, said = asked("/readyz", health)
    assert found == status and said["ready"] is (status == 200)
    assert words in " ".join(said["reasons"])
    assert asked("/healthz", health) == (200, {"alive": True}), "it lives in any case"


def test_a_refused_channel_beside_one_that_works_is_told_as_a_warning() -> None:
    _, said = asked("/readyz", Health(channels={"telegram": "refused", "zalo": "well"}))
    assert said["channels"] == {"telegram": "refused", "zalo": "well"}
    assert "telegram refuses the token" in " ".join(said["warnings"])


def test_a_database_that_cannot_be_used_is_said_in_its_words() -> None:
    status, said = asked("/readyz", Health(), broken)
    assert status == 503 and said["reasons"] == ["The disk is full: free some space."]


def test_nothing_else_is_answered_on_the_port() -> None:
    assert asked("/telegram/webhook", Health())[0] == 404


def test_a_loop_that_fails_begins_again_and_one_that_ends_stays_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.health.LOOP_PAUSE", 0.01)
    health, states = Health(), []

    async def work() -> None:
        states.append(dict(health.loops))
        if len(states) < 3:
            raise KeyError("a mistake of ours that quotes somebody")

    asyncio.run(health.kept("the turns", work))
    assert states == [{"the turns": ""}] * 3


# Figures.


def figure(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def test_what_happens_is_counted() -> None:
    metrics = Metrics()
    metrics.turn("zalo", "answered", 0.2)
    metrics.turn("zalo", "answered", 0.4)
    metrics.turn("zalo", "failed", -1.0)
    metrics.answer("found")
    metrics.letter("zalo", "sent")
    metrics.ring(2.0, 5)
    assert figure(metrics, "congdoan_turns_total", channel="zalo", outcome="answered") == 2
    assert figure(metrics, "congdoan_turn_seconds_count", channel="zalo") == 3
    assert figure(metrics, "congdoan_turn_seconds_sum", channel="zalo") == pytest.approx(0.6)
    assert figure(metrics, "congdoan_answers_total", outcome="found") == 1
    assert figure(metrics, "congdoan_letters_total", channel="zalo", state="sent") == 1
    assert figure(metrics, "congdoan_ring_letters_total") == 5
    assert figure(metrics, "congdoan_ring_delay_seconds_sum") == 2.0


def test_what_waits_is_read_when_somebody_asks() -> None:
    metrics, found = Metrics(), [Queues()]
    metrics.watch(lambda: found[0])
    found[0] = Queues({("zalo", "dead"): 3}, timedelta(minutes=2), updates=7, oldest_update=timedelta(seconds=4))
    text = metrics.text().decode()
    for line in (
        'congdoan_letters_kept{channel="zalo",state="dead"} 3.0',
        "congdoan_oldest_due_letter_seconds 120.0",
        "congdoan_updates_waiting 7.0",
        "congdoan_oldest_update_seconds 4.0",
    ):
        assert line in text.splitlines()


def test_a_real_turn_is_counted_with_its_outcome(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR-01",))
    metrics = Metrics()
    object.__setattr__(office.tools, "metrics", metrics)
    office.says("PR-01", "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?")
    assert figure(metrics, "congdoan_turns_total", channel=CHANNEL, outcome="answered") == 1
    assert figure(metrics, "congdoan_answers_total", outcome="found") == 1


def letter(key: str, due: timedelta, **values: Any) -> Letter:
    return Letter(key, "reminder", CHANNEL, "77", {}, THURSDAY + due, **values)


@pytest.mark.both_engines
def test_the_queues_are_counted_without_what_is_settled(store: Store) -> None:
    with store.transaction() as connection:
        for name, due in (("a", -90), ("b", -10), ("c", 60), ("d", -20)):
            outbox.write(connection, [letter(name, timedelta(minutes=due))], THURSDAY)
        (sent,) = outbox.claim(connection, THURSDAY, 1, channels=frozenset((CHANNEL,)))
        outbox.settle(connection, sent.id, THURSDAY, ["1"])
        found = queues.look(connection, THURSDAY)
        given_up = outbox.find(connection, sent.id + 3)
        assert given_up
        outbox.bury(connection, given_up.id, "refused")
        assert found.letters == {(CHANNEL, "due"): 3}
        assert found.oldest_due == timedelta(minutes=20) and found.updates == 0
        assert queues.look(connection, THURSDAY).letters == {(CHANNEL, "due"): 2, (CHANNEL, "dead"): 1}
        assert queues.given_up_since(connection, THURSDAY - timedelta(hours=1)) == 1
        assert queues.given_up_since(connection, THURSDAY - timedelta(minutes=5)) == 0


# The log.

SETTINGS = Settings(
    _env_file=None,
    telegram_bot_token="123456:the-token",
    zalo_webhook_secret="pass/word of zalo",
    database_url="postgresql://office:p%40ss-of-the-database@host/office",
    var_dir=Path("var"),
)
"""Secrets of every kind; the tests below name no other ones."""


@contextmanager
def debug_log() -> Iterator[None]:
    """Our log at debug level, while a test runs."""
    root, before, shown, hook = (
        logging.getLogger(),
        logging.getLogger().handlers[:],
        warnings.showwarning,
        sys.excepthook,
    )
    try:
        log_to_stderr(SETTINGS, "debug")
        yield
    finally:
        structlog.reset_defaults()
        root.handlers[:] = before
        warnings.showwarning, sys.excepthook = shown, hook


def test_every_secret_of_the_settings_is_known_also_in_urls() -> None:
    secrets = secrets_of(SETTINGS)
    for secret in ("123456:the-token", "123456%3Athe-token", "pass%2Fword%20of%20zalo", "p%40ss-of-the-database"):
        assert secret in secrets
    assert "p@ss-of-the-database" in secrets


@pytest.mark.parametrize(
    "value",
    [
        "https://host/bot123456:the-token/getMe",
        {"url": ["https://host/bot123456%3Athe-token/x"]},
        "connection to postgresql://office:p%40ss-of-the-database@host failed",
        "chat 123456789 not found",
        "gọi 0912 345 678",
        "gọi +84.912.345.678",
        "gọi 0912-345-678.",
        "user 6ede9afa66b88fe6d6a9",
        "987654:AAE-another-token-that-nobody-told-us",
    ],
)
def test_secrets_and_addresses_are_masked_in_every_field(value: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with debug_log():
        structlog.get_logger().info("event", field=value)
    said = capsys.readouterr().err
    assert "***" in said
    for part in ("the-token", "p%40ss", "123456789", "345", "6ede9afa", "AAE-another"):
        assert part not in said


@pytest.mark.parametrize(
    "value",
    [
        "remind:quarterly:PR-01:2025-Q1:+3",
        "2025-03-20 09:00",
        "reply:1234567:0",
        "KeyError in take (turns.py, line 12)",
    ],
)
def test_what_names_nobody_stays_readable(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with debug_log():
        structlog.get_logger().info("event", field=value)
    assert value in capsys.readouterr().err


def test_what_libraries_say_loses_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    library = logging.getLogger("aiohttp.server")
    with debug_log():
        library.warning("Error handling request from %s: %s", "Nguyễn Thị Lan", {"text": "3.100 đoàn viên"})
        library.error("Exception in callback <handle for 'Nguyễn Thị Lan'>\nfuture: 'Nguyễn Thị Lan'")
        try:
            raise ValueError("Nguyễn Thị Lan")
        except ValueError:
            library.exception("Unhandled exception")
    said = capsys.readouterr().err
    assert "Lan" not in said and "3.100" not in said
    assert "Error handling request from %s: %s" in said and "Exception in callback" in said
    assert "ValueError" in said and "test_operation.py" in said


def test_warnings_lose_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    with debug_log(), warnings.catch_warnings():
        warnings.simplefilter("always")
        take_over_complaints()
        warnings.warn("a value that quotes Nguyễn Thị Lan", UserWarning, stacklevel=1)
    said = capsys.readouterr().err
    assert "UserWarning" in said and "test_operation.py" in said and "Lan" not in said


def test_the_trace_goes_from_the_update_to_its_letters_also_through_threads(capsys: pytest.CaptureFixture[str]) -> None:
    async def life() -> None:
        with traced(7):
            await asyncio.to_thread(structlog.get_logger().info, "turn")
        structlog.get_logger().info("between")

    with debug_log():
        asyncio.run(life())
        with traced_letter(letter("a", timedelta(), answers=7)):
            structlog.get_logger().info("letter")
        with traced_letter(letter("b", timedelta(), id=12)):
            structlog.get_logger().info("reminder")
    turn, between, sent, reminder = capsys.readouterr().err.splitlines()
    assert "update-7" in turn and "update-7" in sent
    assert "trace" not in between and "letter-12" in reminder
