"""Everything that an installation can set, read from the environment and from `.env`; `.env.example` explains each."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import Field, FilePath, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from scheduler import ZONE


def environment_with(values: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process with other values, for one that it starts."""
    return {**os.environ, **values}


class Settings(BaseSettings):
    """The settings of one process. Names in the environment are those of the fields, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = Field(None, description="Token of the Telegram bot, from @BotFather.")
    telegram_bot_name: str | None = Field(
        None, pattern=r"^@?\w{5,32}$", description="Name of the Telegram bot, for the links of invitations."
    )
    telegram_api_base: str = Field(
        "https://api.telegram.org", description="Address of the Bot API; another one for a local Bot API server."
    )
    zalo_bot_token: SecretStr | None = Field(None, description="Token of the Zalo bot, from Zalo Bot Manager.")
    zalo_api_base: str = Field("https://bot-api.zaloplatforms.com", description="Address of the Zalo Bot API.")
    telegram_spacing: float = Field(
        0.04, ge=0, le=10, description="Least time in seconds between two messages on Telegram; 0 for no limit."
    )
    zalo_spacing: float = Field(
        1.0, ge=0, le=10, description="Least time in seconds between two messages on Zalo, which publishes no limit."
    )
    wave_at_once: int = Field(
        1, ge=1, le=100, description="So many messages nobody asked for are under way at a time, on each channel."
    )
    webhook_base_url: str | None = Field(
        None, description="Public https address of this process; without it messengers are asked by long polling."
    )
    public_base_url: str | None = Field(
        None,
        pattern="^https?://",
        description="Public https address under which files can be fetched; by default WEBHOOK_BASE_URL.",
    )
    webhook_port: int = Field(8443, ge=1, le=65535, description="Port on which webhooks and files are served.")
    webhook_secret: SecretStr | None = Field(
        None, description="8 to 256 letters, digits, - or _ that the server must send with every webhook request."
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="The same for Telegram alone; by default WEBHOOK_SECRET."
    )
    zalo_webhook_secret: SecretStr | None = Field(
        None, description="The same for Zalo alone; by default WEBHOOK_SECRET."
    )
    operation_port: int = Field(
        8444, ge=0, le=65535, description="Port for those who watch the process: /healthz /readyz /metrics; 0 for none."
    )
    operation_host: str = Field(
        "127.0.0.1",
        description="Address on which that port is open; nothing about it is secret, but it has no password.",
    )
    database_url: str | None = Field(
        None, description="SQLAlchemy address of the database; by default a SQLite file in VAR_DIR."
    )
    var_dir: Path = Field(Path("var"), description="Folder for the database file and the knowledge index.")
    check_in_day: int = Field(25, ge=1, le=31, description="Day of the month on which unions are asked for figures.")
    reminder_rungs: str = Field(
        "-5 -1 0 +1 +3:staff +7:senior",
        description="When a report is chased, in working days from the day it is due, and who is told.",
    )
    retention_days: int = Field(400, ge=30, description="Days after which the words of messages are forgotten.")
    report_template: FilePath | None = Field(None, description="Layout of reports, a .docx file; by default our own.")
    congdoan_now: datetime | None = Field(
        None, description="Start the clock at this ISO moment (for trials); it then runs at normal speed."
    )
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="How much is logged.")

    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.var_dir / 'congdoan.sqlite'}"

    def spacing(self) -> dict[str, float]:
        """Least time in seconds between two sends, by channel."""
        return {"telegram": self.telegram_spacing, "zalo": self.zalo_spacing}

    def public_address(self) -> str | None:
        """Where the world reaches this process."""
        return self.public_base_url or self.webhook_base_url

    def start(self) -> datetime | None:
        """Where the clock starts; a moment without offset is Viet Nam time."""
        moment = self.congdoan_now
        return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=ZONE)
