"""A thin client of the Zalo Bot API: one call, judged by what its body says and never by its HTTP status.

The bot token is part of every URL. No exception and no log line carries one: failures are described anew, outside the
`except` clause, so that they do not drag the original along.

Source: docs.zaloplatforms.com/docs/BOT (call_api, error_code).
"""

import json
import re
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError

API_BASE = "https://bot-api.zaloplatforms.com"
"""An older one, bot-api.zapps.me, still stands in samples."""
TOKEN = re.compile(r"[0-9]+:[^\s/?#:]+")
CONNECT_SECONDS = 10
NO_REASON = 500
"""Stands for the code of a refusal that has none."""
LARGEST_ANSWER = 4 * 1024 * 1024


class CallFailed(Exception):
    """A call did not work.

    `code` is Zalo's own (`error_code`), or the HTTP status of an answer that is not Zalo's; `None` where none came.
    `arrived` says whether Zalo may have done what was asked. `description` is Zalo's sentence, for looking into and
    not for showing: it may quote the message.
    """

    def __init__(self, code: int | None, *, said: bool = False, arrived: bool = False, description: str = "") -> None:
        super().__init__(f"error {code}" if said else f"no answer of Zalo's (status {code})")
        self.code = code if said else None
        self.arrived = arrived
        self.description = description


class TooLarge(Exception):
    """A file is larger than what the caller takes."""


class Client:
    """Calls methods of the bot with this token; `answer_seconds` is how long one answer may take."""

    def __init__(self, token: str, api_base: str, answer_seconds: float) -> None:
        self.base = api_base.rstrip("/")
        self._token = token
        self._answer_seconds = answer_seconds
        self._session: ClientSession | None = None

    async def call(self, method: str, parameters: dict[str, Any] | None = None, *, waits: float = 0) -> Any:
        """The `result` of a call, `None` where there is none; `waits` are the seconds for which Zalo is asked to wait.

        Raises `CallFailed`.
        """
        timeout = ClientTimeout(total=waits + self._answer_seconds, sock_connect=CONNECT_SECONDS)
        url = f"{self.base}/bot{self._token}/{method}"
        try:
            async with self._opened().post(url, json=parameters or {}, timeout=timeout) as response:
                status, body = response.status, await response.content.read(LARGEST_ANSWER)
                while not response.content.at_eof() and len(body) < LARGEST_ANSWER:
                    body += await response.content.read(LARGEST_ANSWER - len(body))
        except (ClientConnectorError, ConnectionTimeoutError):
            failure = CallFailed(None)
        except (ClientError, OSError, ValueError):
            failure = CallFailed(None, arrived=True)
        else:
            return _result(status, body)
        raise failure

    async def download(self, url: str, seconds: float, largest: int) -> bytes:
        """The content behind an address that Zalo gave; raises `CallFailed`, or `TooLarge` above so many bytes."""
        content = bytearray()
        try:
            timeout = ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
            async with self._opened().get(url, timeout=timeout, max_redirects=3) as response:
                status = response.status
                async for chunk in response.content.iter_chunked(64 * 1024):
                    content += chunk
                    if len(content) > largest:
                        raise TooLarge
        except (ClientError, OSError, ValueError):
            status = None
        if status != 200:
            raise CallFailed(status)
        return bytes(content)

    async def close(self) -> None:
        """Close the connections; the client cannot be used afterwards."""
        if self._session:
            await self._session.close()

    def _opened(self) -> ClientSession:
        """The connections, opened inside the running loop at the first call."""
        if self._session is None:
            self._session = ClientSession()
        return self._session


def _result(status: int, body: bytes) -> Any:
    """What the body says; raises `CallFailed` where it says that it did not work, or says nothing that can be read."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True:
        return answer.get("result")
    if not isinstance(answer, dict) or answer.get("ok") is not False:
        # A page of a gateway. What was answered with success may have been done.
        raise CallFailed(status, arrived=status < 400 or status == 504)
    code, description = str(answer.get("error_code")), answer.get("description")
    number = int(code) if re.fullmatch(r"[0-9]{1,9}", code) else max(status, NO_REASON)
    raise CallFailed(number, said=True, description=description if isinstance(description, str) else "")
