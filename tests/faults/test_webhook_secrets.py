"""Who does not know the word of a door is sent away, and nothing of what they brought is kept."""

import asyncio
from collections import Counter

import pytest
from aiohttp import ClientSession, web
from pydantic import SecretStr

from bot.app import OfficeError
from bot.channels import ChannelRefused, Update
from bot.messengers import channels_of
from bot.settings import Settings
from tests import fake_telegram, fake_zalo
from tests.faults.doors import HEADERS, SECRETS, Door, written

ADDRESS = {"telegram": "77", "zalo": "00000000000000000077"}
OTHER = {"telegram": "zalo", "zalo": "telegram"}
WRONG = {
    "none": "",
    "blank": " ",
    "another word": "some-other-word",
    "its beginning": "the-word-of",
    "longer": "the-word-of-telegram-",
    "in capitals": "THE-WORD-OF-TELEGRAM",
    "in another alphabet": "thе-wоrd-оf-tеlеgrаm",
    "very long": "x" * 7000,
}


def settings(**given: SecretStr | None) -> Settings:
    """Both channels, to which their servers bring updates."""
    return Settings(
        _env_file=None,
        telegram_bot_token=SecretStr(fake_telegram.TOKEN),
        zalo_bot_token=SecretStr(fake_zalo.TOKEN),
        webhook_base_url="https://bot.example.org",
        **given,
    )


OWN = {f"{name}_webhook_secret": SecretStr(word) for name, word in SECRETS.items()}


async def knocked(made: Settings, channel: str, *knocks: tuple[str, str]) -> tuple[list[int], list[Update]]:
    """The statuses of the answers to knocks at one door (the name of a header, the word in it), and what was kept."""
    kept: list[Update] = []

    async def keep(update: Update) -> None:
        kept.append(update)

    channels = channels_of(made)
    application = web.Application()
    for each in channels.values():
        application.add_routes(each.routes(keep))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with ClientSession() as session:
            door = Door(channel, runner.addresses[0][1], session)
            body = written(channel, 1, ADDRESS[channel], "Xin chào")
            statuses = [
                await door.bring(body, {header: word} if header and word else {}, secret="") for header, word in knocks
            ]
        return statuses, kept
    finally:
        await runner.cleanup()
        for each in channels.values():
            await each.close()


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_wrong_or_missing_word_is_refused_and_nothing_is_kept(channel: str) -> None:
    header = HEADERS[channel]
    wrong = [*((header, word) for word in WRONG.values()), (header, SECRETS[OTHER[channel]])]
    wrong += [("Authorization", SECRETS[channel]), ("X-Secret", SECRETS[channel])]
    statuses, kept = asyncio.run(knocked(settings(**OWN), channel, *wrong))
    assert Counter(statuses) == {401: len(wrong)} and kept == []


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({"webhook_secret": SecretStr("one-word-for-both")}, "one-word-for-both"),
        ({"webhook_secret": SecretStr("one-word-for-both"), **OWN}, None),
        (OWN, None),
    ],
    ids=["one for both", "own ones go first", "own ones alone"],
)
def test_the_right_word_opens(channel: str, given: dict[str, SecretStr], taken: str | None) -> None:
    word = taken or SECRETS[channel]
    statuses, kept = asyncio.run(
        knocked(settings(**given), channel, (HEADERS[channel], "one-word-for-bot"), (HEADERS[channel], word))
    )
    assert statuses == [401, 200] and [update.channel for update in kept] == [channel]


def test_a_door_without_a_word_is_not_opened() -> None:
    with pytest.raises(OfficeError, match="WEBHOOK_SECRET"):
        channels_of(settings())
    with pytest.raises(OfficeError, match="WEBHOOK_SECRET"):
        channels_of(settings(telegram_webhook_secret=OWN["telegram_webhook_secret"]))
    with pytest.raises(ChannelRefused, match="WEBHOOK_SECRET"):
        channels_of(settings(webhook_secret=SecretStr("short")))
