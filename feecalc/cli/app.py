"""Which commands are there, and how does their help look? A command's module is imported when it is run."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from feecalc.errors import InputError, near

# command -> (module, what the list of commands says of it)
COMMANDS = {
    "quote": ("quote", "What one platform charges for one item, line by line, and what is left."),
    "compare": ("compare", "One item on every platform, best profit first."),
    "charge": ("charge", "One card by itself, also one that is no part of a sale."),
    "history": ("history", "The same item through every change of its cards."),
    "platforms": ("catalogue", "Which platforms there are, and how well each is covered."),
    "categories": ("catalogue", "Which categories there are, and what a platform charges for each."),
    "schedules": ("schedules", "The rate cards: list them, show one, check your own."),
    "schema": ("schema", "JSON Schema of an item, a quote or a card."),
}
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(TyperCommand):
    """A command whose help is grouped and ends with worked examples from the data."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments, then each panel of options in the order in which they were declared."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                panels.setdefault(_panel(param), []).append(record)
        for panel in sorted(panels, key=lambda name: name == "Options"):
            with formatter.section(panel):
                formatter.write_dl(panels[panel])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """The worked example."""
        arguments = _example(ctx.command_path.partition(" ")[2])
        if arguments:
            with formatter.section("Example"):
                formatter.write(_shell(ctx.command_path, arguments, formatter.width))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """A yes-or-no option may stand alone: `--sipp` is `--sipp true`."""
        alone = {name for param in self.params for name in param.opts if getattr(param, "metavar", "") == "true|false"}
        return super().parse_args(ctx, _spelled_out(args, alone))


def _spelled_out(args: list[str], alone: set[str]) -> list[str]:
    following = [*args[1:], ""] if args else []
    given = (after.rpartition("=")[2].lower() in ("true", "false") for after in following)
    return [f"{arg}=true" if arg in alone and not has else arg for arg, has in zip(args, given, strict=True)]


def _panel(param: Any) -> str:
    if not isinstance(param, TyperOption):
        return "Arguments"
    return param.rich_help_panel or "Options"


def _example(command: str) -> list[str]:
    from feecalc.errors import FeecalcError
    from feecalc.schedule.store import Schedules

    try:
        return Schedules.shipped().examples.get(command, [])
    except FeecalcError:  # help must be there above all when the data is broken
        return []


def _shell(command: str, arguments: list[str], width: int) -> str:
    """A command line, continued with backslashes before an option where it is too long."""
    lines = [f"  {command}"]
    for words in _with_values(arguments):
        if len(lines[-1]) + 1 + len(words) + 2 > width:
            lines[-1] += " \\"
            lines.append("     ")
        lines[-1] += f" {words}"
    return "\n".join(lines) + "\n"


def _with_values(arguments: list[str]) -> list[str]:
    """Each option together with its value."""
    import shlex

    parts: list[str] = []
    for argument in map(shlex.quote, arguments):
        if parts and parts[-1].startswith("--") and " " not in parts[-1] and not argument.startswith("--"):
            parts[-1] += f" {argument}"
        else:
            parts.append(argument)
    return parts


class Group(TyperGroup):
    """A group that refuses an unknown command with near names."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command, or InputError."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            known = self.list_commands(ctx)
            shown = near(name, known) or f"; there are: {', '.join(known)}"
            raise InputError("command", name, f"{ctx.command_path} has no such command{shown}")
        return super().resolve_command(ctx, args)


class Root(Group):
    """The group of all commands; a command is imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """All commands, in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, or None."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """What each command is for, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def load(name: str) -> Any:
    """The command of that name, imported now."""
    module = import_module(f"feecalc.cli.{COMMANDS[name][0]}")
    command = get_command(module.APPS[name])
    command.name = name
    return command


def family(**settings: Any) -> typer.Typer:
    """A Typer for one command or one family of them, in this project's looks."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_HELP, **settings)


def single(name: str, function: Callable[..., None]) -> typer.Typer:
    """A Typer that holds one command."""
    app = family()
    app.command(name, cls=Command, context_settings=_HELP)(function)
    return app


def _version(value: bool) -> None:
    if value:
        from feecalc import __version__

        typer.echo(f"feecalc {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,  # noqa: FBT002
) -> None:
    """What a marketplace really takes from a sale, line by line, on any date, and what is left.

    `feecalc COMMAND --help` shows the options of a command with a worked example.
    """


def run_command(args: list[str]) -> int:
    """Run a command line. Raises what its command raises; the exit code of one that ends normally is 0."""
    app = typer.Typer(cls=Root, rich_markup_mode=None, context_settings=_HELP)
    app.callback(cls=Root)(_root)
    command: Any = get_command(app)
    if "_FEECALC_COMPLETE" in os.environ:  # the shell asks for completions
        command.main(args, prog_name="feecalc")
    with command.make_context("feecalc", args) as context:
        command.invoke(context)
    return 0
