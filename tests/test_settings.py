"""What can be set is explained in .env.example, and what cannot be used is said by its name."""

import logging
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.app import OfficeError, read_settings
from bot.logs import log_to_stderr
from bot.settings import Settings
from scheduler import ZONE

EXAMPLE = Path(__file__).parent.parent / ".env.example"
LINE = re.compile(r"[A-Z_]+=")


def test_the_example_lists_exactly_the_settings_in_their_order() -> None:
    lines = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if LINE.match(line)]
    assert [line.rstrip("=") for line in lines] == [name.upper() for name in Settings.model_fields]


def test_every_setting_of_the_example_has_a_comment_and_names_its_default() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    explained = {}
    for block in blocks[1:]:
        *comment, setting = block.splitlines()
        assert comment and all(line.startswith("# ") for line in comment), f"say above {setting} what it means"
        explained[setting.rstrip("=").lower()] = " ".join(line.removeprefix("# ") for line in comment)
    assert list(explained) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        assert field.description, f"describe {name} in bot/settings.py"
        if field.default is not None:
            assert f"Default: {field.default}" in explained[name], f"say the default of {name.upper()}"


def test_an_example_that_was_copied_and_not_changed_means_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    (tmp_path / ".env").write_bytes(EXAMPLE.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert Settings() == Settings(_env_file=None)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("congdoan_now", "2026-07-16T08:00:00+07:00", datetime(2026, 7, 16, 8, tzinfo=ZONE)),
        ("congdoan_now", "2026-07-16T08:00:00", datetime(2026, 7, 16, 8, tzinfo=ZONE)),
        ("congdoan_now", "2026-07-16T01:00:00Z", datetime(2026, 7, 16, 8, tzinfo=ZONE)),
        ("congdoan_now", "", None),
    ],
)
def test_the_clock_starts_where_it_is_told_to(
    name: str, value: str, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name.upper(), value)
    assert Settings(_env_file=None).start() == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHECK_IN_DAY", "32"),
        ("CHECK_IN_DAY", "the last"),
        ("WEBHOOK_PORT", "0"),
        ("CONGDOAN_NOW", "tomorrow"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(OfficeError) as refusal:
        read_settings()
    assert name in str(refusal.value) and ".env.example" in str(refusal.value)
    assert refusal.value.__context__ is None, "what was typed may be a secret in the wrong place"


def test_secrets_are_not_shown_and_are_masked_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    found = Settings(_env_file=None, telegram_bot_token="123:the-token", webhook_secret="the-secret")
    assert "the-token" not in repr(found) and "the-secret" not in str(found)
    handlers = logging.getLogger().handlers[:]
    try:
        log_to_stderr(found, found.log_level)
        structlog.get_logger().error("failed", url="https://host/bot123:the-token/getMe", header="the-secret")
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers[:] = handlers
    said = capsys.readouterr().err
    assert "failed" in said and "the-token" not in said and "the-secret" not in said
