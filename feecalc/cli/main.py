"""How does a run end? Every error a user can mend is one line on standard error and exit code 2.

Almost nothing is imported at the top: an interrupt while the rest loads must be as quiet as a later one.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn, TextIO

DONE, UNUSABLE, LOOK_AT, INTERRUPTED = 0, 2, 3, 130


def main() -> NoReturn:
    """The entry point of the `feecalc` command."""
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run the command in `args` and return its exit code. `run(["platforms"])`."""
    try:
        _prepare_streams()
        code = _run(args)
        _flush(sys.stdout)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `feecalc ... | head`: the reader has seen enough
        _silence_stdout()
        return DONE
    return code


def _run(args: list[str]) -> int:
    import typer

    from feecalc.cli.app import run_command
    from feecalc.errors import FeecalcError

    try:
        return run_command(args or ["--help"])
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        return _refuse(usage_message(error))
    except FeecalcError as error:
        return _refuse(str(error))


def _refuse(message: str) -> int:
    shown = "".join(char if char.isprintable() else " " for char in message)
    if sys.stderr is not None:
        sys.stderr.write(f"feecalc: {' '.join(shown.split())}\n")
    return UNUSABLE


def usage_message(error: Exception) -> str:
    """A mistake in the command line in the words of this project: what is wrong, near names, where to look."""
    from feecalc.errors import near

    context = getattr(error, "ctx", None)
    help_of = f"; see {context.command_path} --help" if context is not None else ""
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        known = [name for param in context.command.params for name in param.opts] if context is not None else []
        return f"no option {option}{near(option, known)}{help_of}"
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    return f"{message.rstrip('.')}{help_of}"


def _prepare_streams() -> None:
    """Data is UTF-8 with the line ends it has, whatever the system would make of it; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace") if stream.isatty() else stream.reconfigure(encoding="utf-8", newline="")


def _flush(stream: TextIO | None) -> None:
    if stream is not None:
        stream.flush()


def _silence_stdout() -> None:
    """Else Python complains about the closed pipe when it flushes at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
