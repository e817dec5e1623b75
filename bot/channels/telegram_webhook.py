"""Where Telegram brings updates when it does not have to be asked for them."""

from bot.channels.telegram_updates import CHANNEL, update_key
from bot.channels.webhooks import Door

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
DOOR = Door(CHANNEL, PATH, SECRET_HEADER, update_key)
