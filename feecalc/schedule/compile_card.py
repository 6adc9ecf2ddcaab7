"""One card file, or one platform file, compiled: from a strict document to the frozen node, or every finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from feecalc import plan as p
from feecalc.errors import ScheduleError, near
from feecalc.quantity import MINOR_DIGITS, PLAIN, WEIGHT, Dimension
from feecalc.schedule import models as m
from feecalc.schedule.charges import CHARGES, Choose
from feecalc.schedule.compile_charge import Compiler
from feecalc.schedule.reader import Document, Path
from feecalc.schedule.references import Scope, choices, constant
from feecalc.schedule.scalars import quoted
from feecalc.schedule.validate import readable, validated
from feecalc.vocabulary import BASE_QUANTITIES, KINDS


def compile_card(document: Document, card_id: str, start: dt.date, fee_folder: str, scope: Scope) -> p.Card:
    """The card of that file. Raises ScheduleError with every finding of the file."""
    read = readable(m.Card, document, scope.digits)
    model = read.model
    compiler = Compiler(document, scope, model.base, list(read.findings), read.doubtful)
    fits = _check_content(compiler, model, fee_folder)
    _check_frame(compiler, model, start)
    inputs = _inputs(compiler, model)
    derived = _derived(compiler, model)
    card = p.Card(
        id=card_id, file=document.file, title=model.title, start=start, until=model.until, confidence=model.confidence,
        source=_source(model), checked=model.checked, unknown=model.unknown,
        charge=compiler.charge((), model) if fits and scope.kind == "fee" and model.charge_words() != ["unknown"] else None,
        on_return=_on_return(compiler, model), derived=derived, tiers=_tiers(compiler, model),
        benchmark=_benchmark(compiler, model), names=_names(compiler, model), inputs=inputs, credit=model.credit,
        line=document.line((model.charge_words()[0],)) if model.charge_words() else 0,
    )  # fmt: skip
    if compiler.findings:
        raise ScheduleError(sorted(set(compiler.findings)))
    return card


_CONTENT = {"fee": CHARGES, "class": ("tiers", "unknown"), "benchmark": ("benchmark", "unknown")}
_NOUNS = {"fee": "the cards of a fee", "class": "the size tables", "benchmark": "the benchmarks of advertising"}


def _check_content(compiler: Compiler, model: m.Card, folder: str) -> bool:
    """A folder holds the cards of one fee, the size tables, or the benchmarks, and each card says what it is."""
    kind, identity = compiler.scope.kind, {"fee": model.fee, "class": model.class_}
    content = {word: getattr(model, word) for word in (*CHARGES, "tiers", "benchmark")}
    allowed = (*_CONTENT[kind], kind)
    strange = [word for word, given in (content | identity).items() if given is not None and word not in allowed]
    for word in strange:
        compiler.fault((word,), f"does not belong here; the folder {folder} holds {_NOUNS[kind]}")
    if kind != "fee" and not strange:
        compiler.only((), model, _CONTENT[kind], "table")
    if kind in identity and not strange:
        _check_identity(compiler, kind, identity[kind], folder if kind == "fee" else "size_tier")
    return not strange


def _check_identity(compiler: Compiler, key: str, given: str | None, expected: str) -> None:
    if given is None:
        compiler.fault((), f"does not say what it is a table of; add `{key}: {expected}`")
    elif given != expected:
        compiler.fault((key,), f"{given!r} is not the {key} of its folder, {expected!r}")


def _check_frame(compiler: Compiler, model: m.Card, start: dt.date) -> None:
    if model.until is not None and model.until < start:
        compiler.fault(("until",), f"is before the card's own date, {start}")
    if model.base is not None:
        compiler.quantity(("base",), model.base)
    for i, source in enumerate(model.sources):
        if source.retrieved > model.checked:
            compiler.fault(("sources", i, "retrieved"), f"is after the card was last checked, {model.checked}")


def _source(model: m.Card) -> str:
    """The address a reader can open, else the title, of the source the card names first."""
    first = model.sources[0]
    return first.url or first.title


def _on_return(compiler: Compiler, model: m.Card) -> tuple[p.OnReturn, ...]:
    rows = tuple(
        p.OnReturn(compiler.when(("on_return", i, "when"), row.when), row.then, row.confidence)
        for i, row in enumerate(model.on_return)
    )
    compiler.reached(("on_return",), [not row.when for row in rows])
    if rows and rows[-1].when:
        compiler.fault(("on_return", len(rows) - 1), "has a `when:`; add a row without one below it")
    return rows


def _benchmark(compiler: Compiler, model: m.Card) -> p.Benchmark | None:
    given = model.benchmark
    if given is None:
        return None
    by_click = [word for word in ("cpc", "conversion", "ad_share") if getattr(given, word) is not None]
    if given.tacos is None and (given.cpc is None or given.conversion is None):
        compiler.fault(("benchmark",), "write `cpc:` with `conversion:`, or `tacos:`")
    if given.tacos is not None and by_click:
        compiler.fault(("benchmark", "tacos"), f"counts all sales and stands beside {' and '.join(by_click)}; keep one way")
    return p.Benchmark(given.panel, given.cpc, given.conversion, given.ad_share, given.tacos)


def _names(compiler: Compiler, model: m.Card) -> dict[str, str]:
    """Printed names and aliases to category ids; a name that means two is a fault."""
    names: dict[str, str] = {}
    choose = model.choose
    if choose is None or choose.by != "category":
        return names
    ids = {p.normal_name(category): category for category in compiler.scope.categories}
    for path, name, category in _printed(choose):
        other = ids.get(p.normal_name(name), category)
        other = names.setdefault(p.normal_name(name), category) if other == category else other
        if other != category:
            compiler.fault(path, f"{name!r} means {other} too; a printed name means one category")
    return names


def _printed(choose: Choose) -> Iterator[tuple[Path, str, str]]:
    """Every printed name: where it stands, and the category that it means."""
    for i, row in enumerate(choose.rows):
        here: Path = ("choose", "rows", i)
        if row.name and row.categories:
            yield (*here, "name"), row.name, row.categories[0]
        for category, aliases in row.aliases.items():
            yield from (((*here, "aliases", category, n), alias, category) for n, alias in enumerate(aliases))


def _inputs(compiler: Compiler, model: m.Card) -> tuple[p.Input, ...]:
    """Inputs of the card's own, each added to the scope."""
    return tuple(_input(compiler, ("inputs", name), name, kind) for name, kind in model.inputs.items())


def _input(compiler: Compiler, path: Path, name: str, kind: str | list[str] | m.CategoryFlag) -> p.Input:
    scope = compiler.scope
    if name in scope.quantities or name in scope.flags or name == "category":
        compiler.fault(path, "is known without being declared; choose another name, or take it away")
    if isinstance(kind, m.CategoryFlag):
        unknown = [category for category in kind.category if category not in scope.categories]
        if unknown:
            compiler.fault((*path, "category"), f"{unknown[0]!r} is no category{near(unknown[0], scope.categories)}")
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
        if dimension is None or any(at[:2] == path for at in compiler.doubtful):
            compiler.unsure.add(name)
        compiler.scope.quantities[name] = dimension or PLAIN
        compiled.append(p.Derived(name, operator, operands, dimension or PLAIN))
    return tuple(compiled)


_Operands = tuple[str | Fraction, ...]


def _operation(compiler: Compiler, path: Path, quantity: m.Quantity) -> tuple[str, _Operands, Dimension | None]:
    """The operator, its operands, and what they measure; None when that is a mistake."""
    given = compiler.only(path, quantity, m.OPERATORS, "operator")
    if not given:
        return "sum", (), None
    if quantity.round_up is not None:
        of, to = quantity.round_up.of, quantity.round_up.to
        dimension = compiler.quantity((*path, "round_up", "of"), of)
        return "round_up", (of, compiler.step((*path, "round_up", "to"), to, dimension)), dimension
    operator = given[0]
    read = [_operand(compiler, (*path, operator, i), text) for i, text in enumerate(getattr(quantity, operator))]
    dimensions = [dimension for _, dimension in read]
    return operator, tuple(value for value, _ in read), _dimension_of(compiler, (*path, operator), operator, dimensions)


def _operand(compiler: Compiler, path: Path, text: str) -> tuple[str | Fraction, Dimension | None]:
    if text in compiler.scope.quantities:
        return text, compiler.quantity(path, text)
    found = constant(text)
    if found is None:
        remedy = f"{quoted(text)} is neither a quantity above it nor a constant, as in 2 or 139 in3/lb"
        compiler.fault(path, remedy + near(text, compiler.scope.quantities))
    elif found[0] == 0 and "quotient" in path:
        compiler.fault(path, "nothing can be divided by 0")
    return found or (Fraction(1), None)


def _dimension_of(compiler: Compiler, path: Path, operator: str, read: list[Dimension | None]) -> Dimension | None:
    given = [dimension for dimension in read if dimension is not None]
    if len(given) < len(read):
        return None
    first = given[0]
    if operator in ("product", "times"):
        return Dimension(sum(d.weight for d in given), sum(d.length for d in given))
    if operator == "quotient":
        return Dimension(first.weight - given[1].weight, first.length - given[1].length)
    if any(dimension != first for dimension in given):
        compiler.fault(path, f"mixes {' and '.join(sorted({d.noun for d in given}))}")
    return first


def _tiers(compiler: Compiler, model: m.Card) -> tuple[p.Tier, ...]:
    tiers = tuple(_tier(compiler, ("tiers", i), tier) for i, tier in enumerate(model.tiers or ()))
    compiler.reached(("tiers",), [not tier.when for tier in tiers])
    return tiers


def _tier(compiler: Compiler, path: Path, tier: m.Tier) -> p.Tier:
    weight = (*path, "billable_weight")
    compiler.quantity((*weight, "of"), tier.billable_weight.of, WEIGHT)
    rounding = tier.billable_weight.round_up
    steps = tuple(_step(compiler, (*weight, "round_up", i), step) for i, step in enumerate(rounding))
    compiler.rising((*weight, "round_up"), [step.limit for step in steps], open_end=True)
    when = compiler.when((*path, "when"), tier.when)
    return p.Tier(tier.id, when, tier.billable_weight.of, steps, compiler.mark(path, tier), tier.size_class)


def _step(compiler: Compiler, path: Path, step: m.RoundUp) -> p.Step:
    limit = None if step.up_to is None else compiler.bound_value((*path, "up_to"), step.up_to, WEIGHT)
    return p.Step(limit, compiler.step((*path, "to"), step.to, WEIGHT))


# -- platform ----------------------------------------------------------------------------------------------------


def compile_platform(document: Document, platform_id: str, categories: frozenset[str]) -> p.Platform:
    """The platform of that file. Raises ScheduleError with every finding of the file."""
    read = readable(m.Platform, document)
    model = read.model
    ways = tuple(
        p.Way(way.id, way.name, way.ships, way.from_, way.until, way.settlement or model.settlement) for way in model.fulfillment
    )
    plans, providers = _chosen(model.plans), _chosen(model.payment_providers)
    ids = {"fulfillment": frozenset(way.id for way in ways), "plan": frozenset(plans), "payment_provider": frozenset(providers)}
    scope = Scope(dict(BASE_QUANTITIES), ids, (), categories | set(model.own_categories))
    compiler = Compiler(document, scope, None, list(read.findings), read.doubtful)
    _check_platform(compiler, model, categories)
    fees = tuple(_fee(compiler, ("fees", i), fee) for i, fee in enumerate(model.fees))
    if compiler.findings:
        raise ScheduleError(sorted(set(compiler.findings)))
    return p.Platform(
        id=platform_id, name=model.name, currency=model.currency, country=model.country,
        usual_tax_rate=model.tax.usual_rate, tax_remitted_by=model.tax.remitted_by, ways=ways,
        plans=plans, usual_plan=model.plans.usual if model.plans else None, payment_providers=providers,
        usual_payment_provider=model.payment_providers.usual if model.payment_providers else None,
        sizes=model.sizes, advertising=model.advertising, fees=fees,
        charges={card.id: card.name for card in model.charges}, own_categories=dict(model.own_categories),
        notes=tuple(model.notes), file=document.file,
    )  # fmt: skip


def _chosen(given: m.Plans | None) -> tuple[str, ...]:
    return tuple(given.all) if given else ()


def _check_usual(compiler: Compiler, key: str, given: m.Plans | None) -> None:
    if given and given.usual not in given.all:
        compiler.fault((key, "usual"), f"{given.usual!r} is not among `all`{choices(given.usual, given.all)}")
    _once(compiler, {(key, "all", i): name for i, name in enumerate(_chosen(given))}, "keep one")


def _check_platform(compiler: Compiler, model: m.Platform, categories: frozenset[str]) -> None:
    if model.currency not in MINOR_DIGITS:
        compiler.fault(("currency",), f"{model.currency!r} is no known currency; known: {', '.join(MINOR_DIGITS)}")
    _check_usual(compiler, "plans", model.plans)
    _check_usual(compiler, "payment_providers", model.payment_providers)
    ships = [i for i, way in enumerate(model.fulfillment) if way.ships == "platform" and way.until is None]
    for i in [i for i in ships if (model.fulfillment[i].settlement or model.settlement) == "commission"][1:]:
        compiler.fault(("fulfillment", i, "ships"), "is the second way that the platform ships today; at most one is its own")
    for own, belongs in model.own_categories.items():
        if belongs not in categories:
            compiler.fault(("own_categories", own), f"{belongs!r} is no category{near(belongs, categories)}")
        if own in categories:
            compiler.fault(("own_categories", own), "is feecalc's own category already; choose another id")
    _once(compiler, {("fulfillment", i, "id"): way.id for i, way in enumerate(model.fulfillment)}, "keep one")
    folders: dict[Path, str] = {("fees", i, "id"): fee.id for i, fee in enumerate(model.fees)}
    folders |= {("charges", i, "id"): card.id for i, card in enumerate(model.charges)}
    folders |= {(key,): name for key in ("sizes", "advertising") if (name := getattr(model, key))}
    _once(compiler, folders, "each id is a folder of its own")


def _once(compiler: Compiler, ids: dict[Path, str], remedy: str) -> None:
    """Ids that must differ: of ways, of plans, of folders."""
    seen: set[str] = set()
    for path, name in ids.items():
        if name in seen:
            compiler.fault(path, f"{name!r} stands twice; {remedy}")
        seen.add(name)


def _fee(compiler: Compiler, path: Path, fee: m.Fee) -> p.FeeSpec:
    when = compiler.when((*path, "when"), fee.when)
    return p.FeeSpec(
        fee.id, fee.name, fee.group, fee.each, fee.required, when, fee.from_, fee.no_card, tuple(fee.asked_by), fee.basis
    )


def read_categories(document: Document) -> dict[str, str]:
    """categories.yaml: id to what belongs there. Raises ScheduleError with every finding."""
    return validated(m.Categories, document).root
