"""Which options do several commands share? One decorator for the fields of an item, one for the form of the output."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from feecalc.errors import InputError
from feecalc.fields import FIELD, FIELDS, Field

if TYPE_CHECKING:
    from feecalc.schedule.store import Schedules

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
Format = Literal["table", "json", "jsonl", "csv", "markdown"]
Confidences = Literal["official", "corroborated", "secondary", "inferred"]


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed about the item: a file, and the values of each option."""

    file: str | None
    options: dict[str, list[str]]


@dataclass(frozen=True)
class Output:
    """In which form the answer is wanted, and from which cards."""

    format: str
    folder: str | None
    min_confidence: str

    @cached_property
    def schedules(self) -> Schedules:
        """The cards: the user's own before the built-in ones."""
        from feecalc.schedule.store import Schedules

        return Schedules.shipped(Path(self.folder) if self.folder else None)


Collect = Callable[[dict[str, Any]], Any]


def _expanded(
    function: Callable[..., None], name: str, extra: list[inspect.Parameter], collect: Collect, *, first: bool
) -> Callable[..., None]:
    """The function with its parameter `name` replaced by `extra`, whose values `collect` makes into it."""
    declared = inspect.signature(function, eval_str=True).parameters.values()
    own = [param.replace(kind=inspect.Parameter.KEYWORD_ONLY) for param in declared if param.name != name]
    params = [*extra, *own] if first else [*own, *extra]

    @functools.wraps(function)
    def wrapper(**given: Any) -> None:
        taken = {param.name: given.pop(param.name) for param in extra}
        function(**{name: collect(taken)}, **given)

    wrapper.__signature__ = inspect.Signature(params)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {param.name: param.annotation for param in params}
    return wrapper


def _param(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def item_options(function: Callable[..., None]) -> Callable[..., None]:
    """Adds ITEM_FILE and an option for each field; the function gets them as `given: Given`."""
    file = typer.Argument(metavar="[ITEM_FILE]", help="YAML or JSON with the item's fields; '-' is a pipe. Options win over it.")
    extra = [_param("item_file", Annotated[str | None, file])]
    extra += [_param(field.name, Annotated[list[str] | None, _option(field)]) for field in FIELDS]

    def collect(given: dict[str, Any]) -> Given:
        options = {name: list(given[name]) for name in FIELD if given[name]}
        return Given(given["item_file"], options)

    return _expanded(function, "given", extra, collect, first=True)


def _option(field: Field) -> Any:
    text = f"{field.help} Repeatable." if field.repeated else field.help
    return typer.Option(field.option, metavar=field.metavar, help=text, rich_help_panel=field.panel, show_default=False)


def output_options(function: Callable[..., None]) -> Callable[..., None]:
    """Adds --format, --json, --schedules and --min-confidence; the function gets them as `output: Output`."""
    form = typer.Option("--format", help="Form of the answer (default table).", metavar="|".join(FORMATS), show_default=False)
    json = typer.Option("--json", help="The same as --format json.")
    folder = typer.Option(
        "--schedules",
        metavar="DIR",
        envvar="FEECALC_SCHEDULES",
        show_default=False,
        help="Your own cards, before the built-in ones.",
    )
    least = typer.Option("--min-confidence", help="A fee that rests on less is an error.", metavar="LEVEL", show_default=True)
    extra = [
        _param("form", Annotated[Format | None, form]),
        _param("as_json", Annotated[bool, json], False),  # noqa: FBT003 - the default of a parameter
        _param("folder", Annotated[str | None, folder]),
        _param("least", Annotated[Confidences, least], "inferred"),
    ]
    return _expanded(function, "output", extra, _output, first=False)


def _output(given: dict[str, Any]) -> Output:
    form = given["form"] or ("json" if given["as_json"] else "table")
    if given["as_json"] and form != "json":
        raise InputError("--json", None, f"and --format {form} are two forms; keep one")
    return Output(form, given["folder"], given["least"])
