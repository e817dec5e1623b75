"""How large the tests of faults are, and where their chance begins.

A small part runs with all other tests. `--chaos` is the same at full size; `--seed` begins the chance elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.process_room import built_index

MEASURED = "measured"


@dataclass(frozen=True)
class Chaos:
    """`full`: at full size. `seed`: from which all chance of a test follows, as far as the timing of processes lets
    it."""

    full: bool
    seed: int
    told: Callable[[tuple[str, object]], None]

    def size(self, small: int, full: int) -> int:
        """How many of something."""
        return full if self.full else small

    def tell(self, *found: object) -> None:
        """What was measured, for the end of the run."""
        self.told((MEASURED, " ".join(map(str, found))))

    def only_at_full_size(self) -> None:
        """Of a test that costs much and finds little that its small neighbours would not."""
        if not self.full:
            pytest.skip("only with --chaos")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Only where these tests are asked for by name; all the others run them small."""
    parser.addoption("--chaos", action="store_true", help="the tests of faults at full size")
    parser.addoption("--seed", type=int, default=1, help="where the chance of the tests of faults begins")


@pytest.fixture
def chaos(request: pytest.FixtureRequest) -> Chaos:
    """The size of this run."""
    full, seed = request.config.getoption("--chaos", False), int(request.config.getoption("--seed", 1))
    return Chaos(full, seed, request.node.user_properties.append)


def pytest_exception_interact(node: pytest.Item, report: pytest.TestReport) -> None:
    """Say with a failure how the same is run again."""
    if isinstance(node, pytest.Item) and "chaos" in getattr(node, "fixturenames", ()):
        size = " --chaos" if node.config.getoption("--chaos", False) else ""
        again = f"pytest '{node.nodeid}'{size} --seed {node.config.getoption('--seed', 1)}"
        report.sections.append(("to run it again", again))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured, test by test."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, found in getattr(report, "user_properties", ()):
                if name == MEASURED and report.when == "call":
                    terminalreporter.write_line(f"{report.nodeid.rpartition('/')[2]}: {found}")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the knowledge index of the shipped documents, for all processes."""
    return built_index(tmp_path_factory.mktemp("shelf"))
