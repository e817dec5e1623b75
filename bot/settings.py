"""Everything that an installation can set, read from the environment and from `.env`; `.env.example` explains each."""

from datetime import datetime
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from scheduler import ZONE


class Settings(BaseSettings):
    """The settings of one process. Names in the environment are those of the fields, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = Field(None, description="Token of the Telegram bot, from @BotFather.")
    telegram_api_base: str = Field(
        "https://api.telegram.org", description="Address of the Bot API; another one for a local Bot API server."
    )
    webhook_base_url: str | None = Field(
        None, description="Public https address of this process; without it Telegram is asked by long polling."
    )
    webhook_port: int = Field(8443, ge=1, le=65535, description="Port on which the webhook is served.")
    webhook_secret: SecretStr | None = Field(
        None, description="8 to 256 letters, digits, - or _ that the server must send with every webhook request."
    )
    database_url: str | None = Field(
        None, description="SQLAlchemy address of the database; by default a SQLite file in VAR_DIR."
    )
    var_dir: Path = Field(Path("var"), description="Folder for the database file and the knowledge index.")
    check_in_day: int = Field(25, ge=1, le=31, description="Day of the month on which unions are asked for figures.")
    congdoan_now: datetime | None = Field(
        None, description="Start the clock at this ISO moment (for trials); it then runs at normal speed."
    )
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="How much is logged.")

    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.var_dir / 'congdoan.sqlite'}"

    def start(self) -> datetime | None:
        """Where the clock starts; a moment without offset is Viet Nam time."""
        moment = self.congdoan_now
        return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=ZONE)
