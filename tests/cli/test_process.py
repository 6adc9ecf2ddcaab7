"""The program as its users run it: pipes, interrupts, terminals."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import CARDS, program

QUOTE = ("quote", "--schedules", CARDS, "--price", "25", "--dims", "10x8x1in", "--weight", "12oz", "--as-of", "2026-11-22")
PIPE = subprocess.PIPE
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals of Unix")


def test_a_closed_pipe_is_no_error():
    process = program("schema", "quote", stdout=PIPE, stderr=PIPE)
    process.stdout.close()
    assert (process.wait(), process.stderr.read()) == (0, b"")
    process.stderr.close()


def test_a_full_disk_is_one_line():
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        process = program(*QUOTE, stdout=full, stderr=PIPE)
        _, err = process.communicate()
    assert process.returncode == 2 and err.startswith(b"feecalc: standard output: can't be written") and err.count(b"\n") == 1


def test_an_interrupt_is_quiet():
    process = program("quote", "-", "--schedules", CARDS, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    time.sleep(1.5)  # it waits for its standard input
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


def on_terminal(*args, answers=b"", interrupt_at=None, **settings):
    """Run with a terminal as standard input, output and error; what it showed, and the exit code."""
    ours, theirs = os.openpty()
    process = program(*args, stdin=theirs, stdout=settings.pop("stdout", theirs), stderr=theirs, **settings)
    os.close(theirs)
    os.write(ours, answers)
    shown = b""
    while part := _read(ours):
        shown += part
        if interrupt_at and interrupt_at in shown:
            process.send_signal(signal.SIGINT)
    os.close(ours)
    return process.wait(timeout=20), shown.decode()


def _read(terminal):
    ready, _, _ = select.select([terminal], [], [], 20)
    try:
        return os.read(terminal, 65536) if ready else b""
    except OSError:  # the other end is closed
        return b""


def test_colour_is_for_terminals_that_want_it():
    code, shown = on_terminal(*QUOTE, env={"TERM": "xterm"})
    assert code == 0 and "\x1b[" in shown
    for env in ({"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}):
        code, shown = on_terminal(*QUOTE, env=env)
        assert code == 0 and "\x1b[" not in shown
    process = program(*QUOTE, stdout=PIPE, env={"FORCE_COLOR": "1", "GITHUB_ACTIONS": "1"})
    assert b"\x1b[" not in process.communicate()[0]


def test_what_is_missing_is_asked_for(tmp_path):
    with (tmp_path / "out").open("wb") as out:
        code, shown = on_terminal("quote", "--schedules", CARDS, "--json", answers=b"abc\n25\n", stdout=out)
    assert code == 0 and "price (List price of one unit" in shown and "as in 12.50" in shown
    assert b'"price": 25' in (tmp_path / "out").read_bytes()
    assert "price" not in (tmp_path / "out").read_text().split("{")[0]


def test_an_interrupt_at_a_question_is_quiet():
    code, shown = on_terminal("quote", "--schedules", CARDS, interrupt_at=b"price (")
    assert code == 130 and "Traceback" not in shown


def test_the_screen_decides_the_width():
    for columns, widest in (("80", 80), ("200", 140), ("10", 60), ("x", 80)):
        out = program(*QUOTE, stdout=PIPE, env={"COLUMNS": columns}).communicate()[0].decode()
        assert max(map(len, out.splitlines())) <= widest


def test_text_of_any_script_in_any_locale():
    process = program(
        *QUOTE, "--sku", "名前 é", "--json", stdout=PIPE, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    assert "名前 é" in process.communicate()[0].decode("utf-8") or process.returncode == 2
