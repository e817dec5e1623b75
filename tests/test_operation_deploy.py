"""The files of `deploy/` fit the program: its settings, its ports, its addresses, the time it takes to leave."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram_webhook import PATH as TELEGRAM_PATH
from bot.channels.zalo_webhook import PATH as ZALO_PATH
from bot.links import PATH as FILES_PATH
from bot.settings import Settings
from bot.stopping import STOP_SECONDS

DEPLOY = Path(__file__).parent.parent / "deploy"
SETTINGS = {name.upper() for name in Settings.model_fields}
OWN = {"POSTGRES_PASSWORD"}
"""What only the compose files want to know; README.md explains it."""
Tree = Any


def read_yaml(text: str) -> Tree:
    """The part of YAML that these files use: mappings, lists of words, words, comments, a block that is used again."""
    anchors: dict[str, Tree] = {}
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]

    def block(indent: int) -> Tree:
        if lines and lines[0].lstrip().startswith("- "):
            found = []
            while lines and lines[0].startswith(" " * indent + "- "):
                found.append(lines.pop(0).strip()[2:].strip('"'))
            return found
        tree: dict[str, Tree] = {}
        while lines and len(lines[0]) - len(lines[0].lstrip()) == indent:
            name, _, value = (part.strip() for part in lines.pop(0).strip().partition(":"))
            deeper = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
            if name == "<<":
                tree |= anchors[value.removeprefix("*")]
            elif deeper > indent:
                tree[name] = anchors[value.removeprefix("&")] = block(deeper)
            else:
                tree[name] = value.strip('"')
        return tree

    tree = block(0)
    assert not lines, f"cannot read {lines[0]!r}"
    return tree


def compose(name: str) -> Tree:
    return read_yaml((DEPLOY / name).read_text("utf-8"))


COMPOSE = ["compose.yaml", "compose.sqlite.yaml"]


def bots(tree: Tree) -> list[Tree]:
    """The bot processes."""
    return [service for name, service in tree["services"].items() if name.startswith("bot")]


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((DEPLOY / name).read_text("utf-8"))
    return parser


@pytest.mark.parametrize("name", COMPOSE)
def test_every_variable_is_a_setting_or_explained(name: str) -> None:
    text, readme = (DEPLOY / name).read_text("utf-8"), (DEPLOY / "README.md").read_text("utf-8")
    used = set(re.findall(r"\$\{([A-Z_]+)", text))
    assert used <= SETTINGS | OWN
    assert all(each in readme for each in used & OWN)
    for bot in bots(compose(name)):
        assert bot["environment"].keys() <= SETTINGS
        assert bot["env_file"] == "../.env"


@pytest.mark.parametrize("name", COMPOSE)
def test_a_bot_keeps_its_files_and_gets_the_time_to_leave(name: str) -> None:
    tree = compose(name)
    found = bots(tree)
    kept = [bot["volumes"][0].split(":") for bot in found]
    assert len({volume for volume, _ in kept}) == len(found), "each process builds an index of its own"
    for bot, (volume, place) in zip(found, kept, strict=True):
        assert volume in tree["volumes"] and place == bot["environment"]["VAR_DIR"]
        assert int(bot["stop_grace_period"].removesuffix("s")) > STOP_SECONDS
        assert bot["restart"] == "unless-stopped"


def test_two_processes_share_one_database_and_one_address() -> None:
    tree = compose("compose.yaml")
    found = bots(tree)
    assert len(found) == 2 and len({bot["environment"]["DATABASE_URL"] for bot in found}) == 1
    assert found[0]["environment"]["DATABASE_URL"].startswith("postgresql://")
    front = (DEPLOY / "Caddyfile").read_text("utf-8")
    for name in (each for each in tree["services"] if each.startswith("bot")):
        assert f"{name}:{found[0]['environment']['WEBHOOK_PORT']}" in front
    for path in (TELEGRAM_PATH, ZALO_PATH, f"{FILES_PATH}*"):
        assert path in front
    assert f"health_port {found[0]['environment']['OPERATION_PORT']}" in front and "/readyz" in front


@pytest.mark.parametrize("name", COMPOSE)
def test_what_watches_and_the_database_are_not_open_to_the_world(name: str) -> None:
    tree = compose(name)
    for service, content in tree["services"].items():
        for port in content.get("ports", []):
            assert service == "front" or port.startswith("127.0.0.1:")


def test_the_image_is_pinned_runs_without_rights_and_is_asked_whether_it_lives() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    text = "\n".join(lines)
    assert "--require-hashes" in text and "requirements.lock" in text
    assert lines.index("USER congdoan") < next(at for at, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    port = Settings.model_fields["operation_port"].default
    assert f"127.0.0.1:{port}/healthz" in text and str(port) in re.findall(r"EXPOSE (.*)", text)[0]
    assert set(re.findall(r"\b([A-Z_]+)=(?=/var|0)", text)) <= SETTINGS
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()
    assert {".env", "var"} <= set(ignored), "no secret and no office comes into the image"


@pytest.mark.parametrize("name", ["congdoan.service", "congdoan-backup.service"])
def test_a_unit_runs_without_rights_and_knows_only_settings(name: str) -> None:
    service = unit(name)["Service"]
    assert service["User"] != "root" and service["NoNewPrivileges"] == "yes" and service["ProtectSystem"] == "strict"
    names = {each.partition("=")[0] for each in service["Environment"].split()}
    assert names - {"PYTHONUNBUFFERED"} <= SETTINGS
    assert "/opt/congdoan/bin/congdoan" in service["ExecStart"]


def test_the_service_is_started_again_and_gets_the_time_to_leave() -> None:
    service = unit("congdoan.service")["Service"]
    assert service["Restart"] == "on-failure" and int(service["TimeoutStopSec"]) > STOP_SECONDS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for file in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        text = file.read_text("utf-8").replace("/opt/congdoan/bin/congdoan", "/bin/true")
        (tmp_path / file.name).write_text(text, "utf-8")
    units = sorted(str(each) for each in tmp_path.iterdir())
    checked = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60, check=False
    )
    told = [line for line in checked.stderr.splitlines() if "congdoan" in line]
    assert told == [], told
