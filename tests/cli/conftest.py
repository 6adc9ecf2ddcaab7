"""Golden files and a way to run the program: inside this process, or as its users do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CARDS = str(HERE / "cards")
_LOOKS = ("NO_COLOR", "COLUMNS", "TERM", "FEECALC_SCHEDULES", "FORCE_COLOR", "GITHUB_ACTIONS")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _LOOKS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    def compare(name: str, text: str) -> None:
        file = HERE / "golden" / f"{name}.txt"
        if request.config.getoption("--update-golden"):
            file.write_text(text + "\n", encoding="utf-8")
        assert text + "\n" == file.read_text(encoding="utf-8"), f"if {file.name} should change: pytest tests/cli --update-golden"

    return compare


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    from feecalc.cli import main

    def ran(*args: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main.run(list(args))
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return ran


@pytest.fixture
def sold(run: Callable[..., Ran]) -> Callable[..., Ran]:
    """A command on the cards of these tests, on a fixed day."""

    def ran(command: str, *args: str, stdin: bytes = b"") -> Ran:
        return run(command, *args, "--schedules", CARDS, "--as-of", "2026-11-22", stdin=stdin)

    return ran


def program(*args: str, **settings: object) -> subprocess.Popen[bytes]:
    """The program as its users run it."""
    environment = {name: value for name, value in os.environ.items() if name not in _LOOKS}
    environment.update(settings.pop("env", {}))  # type: ignore[call-overload]
    return subprocess.Popen([sys.executable, "-m", "feecalc", *args], env=environment, **settings)  # type: ignore[call-overload]
