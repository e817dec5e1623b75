"""Serves web applications on a port of this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.app import OfficeError

CLOSING_SECONDS = 3.0
"""How long a request under way may take once the port is closed."""


@asynccontextmanager
async def listening(application: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve an application; yields the port. Raises `OfficeError` when the port is taken."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=CLOSING_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise OfficeError(f"Port {port} cannot be used ({error.strerror}). Choose another port.") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
