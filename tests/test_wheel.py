"""The built wheel, installed elsewhere, gives the same quotes: the schedules travel with it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ITEM = ROOT / "examples" / "outdoors.yaml"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the wheel in it, and nothing of the checkout."""
    built, home = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("home")
    python = [sys.executable, "-m"]
    subprocess.run([*python, "build", "--wheel", "--no-isolation", "--outdir", built, ROOT], check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    command = [*python, "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--target", home, wheel]
    subprocess.run(command, check=True, capture_output=True)
    return home


def run(home: Path | None, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if home is not None:
        environment["PYTHONPATH"] = str(home)
    command = [sys.executable, "-m", "feecalc", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd="/", env=environment).stdout


def test_the_wheel_is_what_runs(installed):
    code = "import feecalc; print(feecalc.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd="/", env=environment)
    assert shown.stdout.startswith(str(installed))
    assert (installed / "feecalc" / "fee_schedules" / "defaults.yaml").is_file()
    assert (installed / "feecalc" / "py.typed").is_file()


def test_the_same_quotes(installed):
    arguments = ["quote", str(ITEM), "--json"]
    assert json.loads(run(installed, *arguments)) == json.loads(run(None, *arguments))


def test_the_same_comparison(installed):
    arguments = ["compare", str(ROOT / "examples" / "tee.yaml"), "--json"]
    assert json.loads(run(installed, *arguments)) == json.loads(run(None, *arguments))
