"""Where Zalo brings events when it does not have to be asked for them.

Its requests come from a Java client without a browser's headers: nothing before this process may refuse them for that.
"""

from bot.channels.webhooks import Door
from bot.channels.zalo_updates import CHANNEL, update_key

PATH = "/zalo/webhook"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
DOOR = Door(CHANNEL, PATH, SECRET_HEADER, update_key, tried=True)
