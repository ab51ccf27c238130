"""`overtone rules`: list, show, set, try on the archive before, apply to it, delete."""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli.archive_progress import until_done
from service.cli.given import opened
from service.errors import InvalidInput
from service.intake.metadata import json_object
from service.intake.rules import read_label, read_tree
from service.rules import Outcome, parse, written
from service.rules.figures import Figures, figures
from service.rules.tree import Node
from service.settings import Settings
from service.store import rule_results, rule_runs, rule_trials, rule_warnings, rules
from service.store.database import Session
from service.store.filters import InteractionFilter
from service.store.rule_results import ShownPlace
from service.store.rule_trials import Tried, Wanted
from service.store.rules import NewRule
from service.store.tables import RuleRow

app = typer.Typer(no_args_is_help=True, help="Rules: saved conditions, applied to every new interaction.")
WHOLE = 3600.0  # seconds that a dry run in the terminal may take
_Name = Annotated[str, typer.Argument(help="name of the rule")]
_Rule = Annotated[str | None, typer.Argument(help='for example: customer says "cancel*" in first 30%')]
_File = Annotated[Path | None, typer.Option(help="the text of the rule, or its tree as JSON")]


@app.command("list")
def list_rules(*, as_json: Annotated[bool, typer.Option("--json", help="JSON lines")] = False) -> None:
    """List the rules with their results."""
    with opened().reading() as session:
        rows = [(row, rule_results.counts(session, row)) for row in rules.list_all(session)]
    if as_json:
        for row, counts in rows:
            typer.echo(json.dumps({**_values(row), "results": counts}, ensure_ascii=False))
        return
    table = Table("Rule", "Version", "On", "Matched", "Not", "Not evaluated", "Conditions")
    for row, counts in rows:
        numbers = (str(counts[outcome.value]) for outcome in Outcome)
        on = "yes" if row.enabled else "no"
        table.add_row(escape(row.name), str(row.version), on, *numbers, escape(row.rule))
    Console().print(table)


@app.command("show")
def show(name: _Name) -> None:
    """Print a rule as JSON, with all its versions."""
    with opened().reading() as session:
        row = rules.get(session, name)
        versions = [{"version": one.version, "rule": one.rule} for one in rules.versions(session, row)]
    typer.echo(json.dumps({**_values(row), "versions": versions}, ensure_ascii=False, indent=2))


@app.command("set")
def set_rule(
    name: _Name,
    rule: _Rule = None,
    *,
    file: _File = None,
    description: Annotated[str | None, typer.Option(help="what it is for")] = None,
    enabled: Annotated[
        bool | None, typer.Option("--enable/--disable", help="whether new interactions are looked at")
    ] = None,
) -> None:
    """Save a rule, or change one: its conditions, its description, whether it is on."""
    with opened().transaction() as session:
        known = rules.find(session, name)
        if rule is None and file is None and known is None:
            raise InvalidInput("bad_rule", "There is no rule with this name yet", "Give its conditions.")
        tree = _read(rule, file) if rule is not None or file is not None else rules.tree_of(_there(known))
        new = NewRule(
            name=name,
            tree=tree,
            description=description if description is not None else (known.description if known else ""),
            enabled=enabled if enabled is not None else (known.enabled if known else True),
        )
        row, created = rules.put(session, new)
        odd = rule_warnings.warnings(session, tree, rules.library(session))
        told = f"{'made' if created else 'set'} {row.name}, version {row.version}"
    _warn(odd)
    typer.echo(f"{told}; `apply` takes it to the archive")


@app.command("try")
def try_rule(
    rule: _Rule = None,
    *,
    file: _File = None,
    name: Annotated[str | None, typer.Option(help="the saved rule it is compared with")] = None,
    against: Annotated[
        str | None, typer.Option(help="what says whether it should match: disposition is cancel")
    ] = None,
    wanted: Annotated[str, typer.Option("--show", help=", ".join(get_args(Wanted)))] = "matched",
    limit: Annotated[int, typer.Option(min=1, help="interactions to print")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
) -> None:
    """What a rule would find in the archive, where, and how right it is; nothing is written."""
    if wanted not in get_args(Wanted):
        raise InvalidInput("bad_option", "There is no such list", f"Use {', '.join(get_args(Wanted))}.")
    settings = Settings()
    with opened().reading() as session:
        saved = rules.find(session, name) if name else None
        tree = _read(rule, file) if rule or file else rules.tree_of(rules.get(session, name or ""))
        rules.check(session, name or "", tree)
        plan = rule_trials.Plan(
            tree=tree,
            library=rule_runs.library_with(session, name, tree),
            time_zone=settings.time_zone,
            saved=saved,
            against=read_label(against),
        )
        trial = rule_trials.run(
            session,
            plan,
            filters=InteractionFilter(),
            wanted=wanted,  # type: ignore[arg-type] # one of them
            limit=limit,
            seconds=WHOLE,
        )
        shown = _shown(session, trial.items)
        odd = rule_warnings.warnings(session, tree, plan.library)
    _warn(odd)
    if as_json:
        typer.echo(json.dumps(_as_json(tree, trial.counts, shown), ensure_ascii=False))
        return
    _tell(tree, trial.counts, shown)


@app.command("apply")
def apply_rule(
    name: _Name,
    *,
    wait: Annotated[bool, typer.Option("--wait", help="until a worker has done it")] = False,
) -> None:
    """Apply a rule to the whole archive; a worker must be running."""
    database = opened()
    with database.transaction() as session:
        run, task = rule_runs.begin_apply(session, rules.get(session, name))
    typer.echo(f"{run.total} interactions; job {run.id}")
    if wait:
        done = Counter(until_done(database, run.id, task.id).counts)
        typer.echo(
            f"{done['matched_before']} matched before, {done['matched_after']} now: "
            f"{done['newly_matched']} newly, {done['no_longer_matched']} no longer; "
            f"{done['not_evaluated_after']} could not be evaluated"
        )


@app.command("delete")
def delete(name: _Name) -> None:
    """Forget a rule and all that came of it."""
    with opened().transaction() as session:
        rules.delete(session, name)
    typer.echo(f"deleted {name}")


def _warn(odd: list[rule_warnings.Warned]) -> None:
    for one in odd:
        Console(stderr=True).print(
            f"[yellow]{one.code}[/]: {escape(one.detail)}", highlight=False, soft_wrap=True
        )


def _there(row: RuleRow | None) -> RuleRow:
    if row is None:
        raise InvalidInput("bad_rule", "There is no rule with this name", "Give its conditions.")
    return row


def _read(rule: str | None, file: Path | None) -> Node:
    """A rule from the command line or a file."""
    if rule is not None:
        return parse(rule)
    try:
        content = file.read_bytes() if file else b""
    except OSError:
        raise InvalidInput("no_such_file", "The file cannot be read", "Check the path.") from None
    if content.lstrip().startswith(b"{"):
        return read_tree(json_object(content, code="body_not_json", what="The file"))
    return parse(content.decode("utf-8", "replace").strip())


def _values(row: RuleRow) -> dict[str, Any]:
    names = ("name", "version", "rule", "tree", "description", "enabled", "owner")
    return {name: getattr(row, name) for name in names}


def _shown(session: Session, items: list[Tried]) -> list[tuple[Tried, list[ShownPlace]]]:
    places = rule_results.shown_places(session, {one.interaction.id: one.verdict for one in items})
    return [(one, places[one.interaction.id]) for one in items]


def _as_json(tree: Node, counts: Counter[str], shown: list[tuple[Tried, list[ShownPlace]]]) -> dict[str, Any]:
    found = figures(counts)
    return {
        "rule": written(tree),
        "counts": dict(counts),
        "precision": found.precision.value if found else None,
        "recall": found.recall.value if found else None,
        "items": [
            {
                "interaction": str(one.interaction.id),
                "outcome": one.verdict.outcome.value,
                "codes": [code.value for code in one.verdict.codes],
                "places": [
                    {"turn": place.turn, "ms": place.start_ms, "text": place.text} for place in places
                ],
            }
            for one, places in shown
        ],
    }


def _tell(tree: Node, counts: Counter[str], shown: list[tuple[Tried, list[ShownPlace]]]) -> None:
    console = Console(highlight=False)
    console.print(escape(written(tree)), style="bold", soft_wrap=True)
    numbers = [f"{counts[f'{outcome}_after']} {outcome.value.replace('_', ' ')}" for outcome in Outcome]
    console.print(", ".join(numbers))
    for name, count in sorted(counts.items()):
        if name.startswith("code:"):
            console.print(f"  {count} {name.removeprefix('code:').replace('_', ' ')}")
    if counts["matched_before"]:
        changed = f"{counts['newly_matched']} newly matched, {counts['no_longer_matched']} no longer"
        console.print(f"saved rule: {counts['matched_before']} matched; {changed}")
    if found := figures(counts):
        console.print(_told_figures(found), soft_wrap=True)
    for one, places in shown:
        moment = f"{one.interaction.started_at:%Y-%m-%dT%H:%M:%SZ}"
        console.print(f"{one.interaction.id}  {moment}  {one.interaction.channel}", soft_wrap=True)
        for place in places[:3]:
            at = "" if place.start_ms is None else f"{place.start_ms / 1000:.1f} s  "
            told = place.text or place.value
            console.print(
                f"    {at}{escape(str(told) if told is not None else place.condition)}", soft_wrap=True
            )


def _told_figures(found: Figures) -> str:
    parts = []
    for label, share in (("precision", found.precision), ("recall", found.recall)):
        if share.value is None:
            parts.append(f"{label} not measurable")
        else:
            parts.append(f"{label} {share.value:.3f} ({share.low:.3f}-{share.high:.3f} of {share.of})")
    return f"{found.labelled} labelled: {', '.join(parts)}; {found.not_evaluated} not evaluated"
