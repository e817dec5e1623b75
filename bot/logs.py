"""Structured logs on standard error: events and numbers, never a token and never what somebody wrote."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.settings import Settings


def log_to_stderr(settings: Settings, level: str) -> None:
    """Log events of this level and above; secrets of the settings are masked wherever they would appear."""
    hidden = (settings.telegram_bot_token, settings.zalo_bot_token, settings.webhook_secret)
    secrets = tuple(secret.get_secret_value() for secret in hidden if secret)

    def mask(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for name, value in event.items():
            if isinstance(value, str):
                for secret in secrets:
                    value = value.replace(secret, "***")  # noqa: PLW2901 - every secret is taken out in turn
                event[name] = value
        return event

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            mask,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
