"""One card file, or one platform file, compiled: from a strict document to the frozen node, or every finding."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from feecalc import plan as p
from feecalc.errors import Finding, ScheduleError, near
from feecalc.quantity import MINOR_DIGITS, PLAIN, WEIGHT, Dimension
from feecalc.schedule import models as m
from feecalc.schedule.compile_charge import Compiler, Scope, constant
from feecalc.schedule.reader import Document, Path
from feecalc.schedule.scalars import Measure
from feecalc.schedule.validate import validated
from feecalc.vocabulary import BASE_QUANTITIES, KINDS


def compile_card(document: Document, card_id: str, start: dt.date, fee_folder: str, scope: Scope) -> p.Card:
    """The card of that file. Raises ScheduleError with every finding of the file."""
    model = validated(m.Card, document)
    compiler = Compiler(document, scope, model.base)
    _check_frame(compiler, model, start, fee_folder)
    inputs = _inputs(compiler, model)
    derived = _derived(compiler, model)
    card = p.Card(
        id=card_id, file=document.file, title=model.title, start=start, until=model.until, confidence=model.confidence,
        source=_source(model), checked=model.checked, unknown=model.unknown,
        charge=compiler.charge((), model) if model.charge_words() not in ([], ["unknown"]) else None,
        on_return=_on_return(compiler, model), derived=derived, tiers=_tiers(compiler, model),
        benchmark=_benchmark(model), names=_names(compiler, model), inputs=inputs, credit=model.credit,
        line=document.line((model.charge_words()[0],)) if model.charge_words() else 0,
    )  # fmt: skip
    if compiler.findings:
        raise ScheduleError(sorted(set(compiler.findings)))
    return card


def _check_frame(compiler: Compiler, model: m.Card, start: dt.date, fee_folder: str) -> None:
    if model.fee is not None and model.fee != fee_folder:
        compiler.fault(("fee",), f"{model.fee!r} is not the fee of its folder, {fee_folder!r}")
    if model.until is not None and model.until < start:
        compiler.fault(("until",), f"is before the card's own date, {start}")
    if model.base is not None:
        compiler.quantity(("base",), model.base)
    if model.checked < start and model.start is None and model.checked < max(s.retrieved for s in model.sources):
        compiler.fault(("checked",), "is before a source was retrieved")


def _source(model: m.Card) -> str:
    """The address a reader can open, else the title, of the source the card names first."""
    first = model.sources[0]
    return first.url or first.title


def _on_return(compiler: Compiler, model: m.Card) -> tuple[p.OnReturn, ...]:
    rows = tuple(
        p.OnReturn(compiler.when(("on_return", i, "when"), row.when), row.then, row.confidence)
        for i, row in enumerate(model.on_return)
    )
    if rows and rows[-1].when:
        compiler.fault(("on_return",), "the last row has no `when:`; say what happens otherwise")
    return rows


def _benchmark(model: m.Card) -> p.Benchmark | None:
    given = model.benchmark
    if given is None:
        return None
    return p.Benchmark(given.panel, given.cpc, given.conversion, given.ad_share, given.tacos)


def _names(compiler: Compiler, model: m.Card) -> dict[str, str]:
    """Printed names and aliases to category ids; a name that means two is a fault."""
    names: dict[str, str] = {}
    choose = model.choose
    if choose is None or choose.by != "category":
        return names
    for i, row in enumerate(choose.rows):
        here: Path = ("choose", "rows", i)
        printed = [(row.name, row.categories[0])] if row.name and row.categories else []
        printed += [(alias, category) for category, aliases in row.aliases.items() for alias in aliases]
        for name, category in printed:
            if names.setdefault(p.normal_name(name), category) != category:
                compiler.fault(here, f"name {name!r} means two categories; keep one")
    return names


def _inputs(compiler: Compiler, model: m.Card) -> tuple[p.Input, ...]:
    """Inputs of the card's own, each added to the scope."""
    return tuple(_input(compiler, ("inputs", name), name, kind) for name, kind in model.inputs.items())


def _input(compiler: Compiler, path: Path, name: str, kind: str | list[str] | m.CategoryFlag) -> p.Input:
    scope = compiler.scope
    if isinstance(kind, m.CategoryFlag):
        unknown = [category for category in kind.category if category not in scope.categories]
        if unknown:
            compiler.fault(path, f"{unknown[0]!r} is no category{near(unknown[0], scope.categories)}")
        scope.flags |= {name}
        return p.Input(name, "flag", categories=tuple(kind.category))
    if isinstance(kind, list):
        scope.ids[name] = frozenset(kind)
        return p.Input(name, "id", ids=tuple(kind))
    if kind == "flag":
        scope.flags |= {name}
    else:
        scope.quantities[name] = KINDS[kind]
    return p.Input(name, kind)


# -- sizes -------------------------------------------------------------------------------------------------------


def _derived(compiler: Compiler, model: m.Card) -> tuple[p.Derived, ...]:
    """Derived quantities, each added to the scope of what follows."""
    compiled = []
    for name, quantity in model.quantities.items():
        path: Path = ("quantities", name)
        if name in compiler.scope.quantities:
            compiler.fault(path, "is a quantity already; choose another name")
        operator, operands, dimension = _operation(compiler, path, quantity)
        compiler.scope.quantities[name] = dimension
        compiled.append(p.Derived(name, operator, operands, dimension))
    return tuple(compiled)


def _operation(compiler: Compiler, path: Path, quantity: m.Quantity) -> tuple[str, tuple[str | Fraction, ...], Dimension]:
    if quantity.round_up is not None:
        of, to = quantity.round_up.of, quantity.round_up.to
        dimension = compiler.quantity((*path, "round_up", "of"), of) or PLAIN
        return "round_up", (of, compiler.bound_value((*path, "round_up", "to"), to, dimension)), dimension
    operator = next(word for word in m.OPERATORS if getattr(quantity, word) is not None)
    read = [_operand(compiler, (*path, operator, i), text) for i, text in enumerate(getattr(quantity, operator))]
    dimensions = [dimension for _, dimension in read]
    return operator, tuple(value for value, _ in read), _dimension_of(compiler, (*path, operator), operator, dimensions)


def _operand(compiler: Compiler, path: Path, text: str) -> tuple[str | Fraction, Dimension]:
    if text in compiler.scope.quantities:
        return text, compiler.scope.quantities[text]
    found = constant(text)
    if found is None:
        compiler.fault(path, f"{text!r} is neither a quantity nor a constant{near(text, compiler.scope.quantities)}")
    return found or (Fraction(1), PLAIN)


def _dimension_of(compiler: Compiler, path: Path, operator: str, given: list[Dimension]) -> Dimension:
    first = given[0]
    if operator in ("product", "times"):
        return Dimension(sum(d.weight for d in given), sum(d.length for d in given))
    if operator == "quotient":
        return Dimension(first.weight - given[1].weight, first.length - given[1].length)
    if any(dimension != first for dimension in given):
        compiler.fault(path, f"mixes {' and '.join(sorted({d.noun for d in given}))}")
    return first


def _tiers(compiler: Compiler, model: m.Card) -> tuple[p.Tier, ...]:
    return tuple(_tier(compiler, ("tiers", i), tier) for i, tier in enumerate(model.tiers or ()))


def _tier(compiler: Compiler, path: Path, tier: m.Tier) -> p.Tier:
    weight = (*path, "billable_weight")
    compiler.quantity((*weight, "of"), tier.billable_weight.of, WEIGHT)
    rounding = tier.billable_weight.round_up
    steps = tuple(_step(compiler, (*weight, "round_up", i), step) for i, step in enumerate(rounding))
    if steps and (steps[-1].limit is not None or any(step.limit is None for step in steps[:-1])):
        compiler.fault((*weight, "round_up"), "the last step is open, and only the last")
    when = compiler.when((*path, "when"), tier.when)
    return p.Tier(tier.id, when, tier.billable_weight.of, steps, compiler.mark(path, tier), tier.size_class)


def _step(compiler: Compiler, path: Path, step: m.RoundUp) -> p.Step:
    def weight(name: str, value: Measure | None) -> Fraction | None:
        return None if value is None else compiler.bound_value((*path, name), value, WEIGHT)

    return p.Step(weight("up_to", step.up_to), weight("to", step.to) or Fraction(1))


# -- platform ----------------------------------------------------------------------------------------------------


def compile_platform(document: Document, platform_id: str, categories: frozenset[str]) -> p.Platform:
    """The platform of that file. Raises ScheduleError with every finding of the file."""
    model = validated(m.Platform, document)
    ways = tuple(p.Way(way.id, way.name, way.ships, way.from_, way.until) for way in model.fulfillment)
    ids = {"fulfillment": frozenset(way.id for way in ways), "plan": frozenset(model.plans.all if model.plans else ())}
    compiler = Compiler(document, Scope(dict(BASE_QUANTITIES), ids, (), categories | set(model.own_categories)))
    _check_platform(compiler, model, categories)
    fees = tuple(_fee(compiler, ("fees", i), fee) for i, fee in enumerate(model.fees))
    if compiler.findings:
        raise ScheduleError(sorted(set(compiler.findings)))
    return p.Platform(
        id=platform_id, name=model.name, currency=model.currency, country=model.country, settlement=model.settlement,
        usual_tax_rate=model.tax.usual_rate, tax_remitted_by=model.tax.remitted_by, ways=ways,
        plans=tuple(model.plans.all) if model.plans else (), usual_plan=model.plans.usual if model.plans else None,
        sizes=model.sizes, advertising=model.advertising, fees=fees,
        charges={card.id: card.name for card in model.charges}, own_categories=dict(model.own_categories),
        notes=tuple(model.notes), file=document.file,
    )  # fmt: skip


def _check_platform(compiler: Compiler, model: m.Platform, categories: frozenset[str]) -> None:
    if model.currency not in MINOR_DIGITS:
        compiler.fault(("currency",), f"{model.currency!r} is no known currency; known: {', '.join(MINOR_DIGITS)}")
    if model.plans and model.plans.usual not in model.plans.all:
        compiler.fault(("plans", "usual"), f"{model.plans.usual!r} is not among `all`")
    if sum(way.ships == "platform" and way.until is None for way in model.fulfillment) > 1:
        compiler.fault(("fulfillment",), "has two ways that the platform ships today; at most one is its own")
    for own, belongs in model.own_categories.items():
        if belongs not in categories:
            compiler.fault(("own_categories", own), f"{belongs!r} is no category{near(belongs, categories)}")
    for i, fee in enumerate(model.fees):
        if fee.id in (other.id for other in model.fees[:i]):
            compiler.fault(("fees", i, "id"), f"{fee.id!r} stands twice; keep one")


def _fee(compiler: Compiler, path: Path, fee: m.Fee) -> p.FeeSpec:
    when = compiler.when((*path, "when"), fee.when)
    return p.FeeSpec(
        fee.id, fee.name, fee.group, fee.each, fee.required, when, fee.from_, fee.no_card, tuple(fee.asked_by), fee.basis
    )


def read_categories(document: Document) -> dict[str, str]:
    """categories.yaml: id to what belongs there."""
    data = document.data
    if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
        raise ScheduleError([Finding(document.file, 1, "", "must be a mapping of category ids to one line each")])
    return {name: str(text) for name, text in data.items()}
