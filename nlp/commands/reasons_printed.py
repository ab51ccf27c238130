"""What the command ``reasons`` prints for people: figures, reasons with their intervals, confusions."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from nlp.training.example_files import BadRow
from nlp.training.own_report import Report
from nlp.training.reason_figures import Figures, Share

MOST_CONFUSIONS, MOST_ROWS, MOST_NAMES = 20, 10, 8


def report_printed(report: Report, bad_rows: Sequence[BadRow]) -> None:
    """Print how a training went."""
    console = Console(highlight=False)
    count = sum(report.examples.values())
    console.print(f"{report.taxonomy} version {report.version}: {count} examples, {report.cpu_seconds} CPU s")
    if report.figures is None:
        console.print("Too few examples to cross-validate: how good it is was not measured.")
    else:
        console.print(f"By {report.folds}-fold cross-validation:")
        _figures(console, report.figures)
    console.print(
        f"A reason is given from {report.thresholds.primary:.2f} on (aim: {report.precision_aimed_at:.2f} "
        "of those given are right)."
    )
    if report.left_out:
        console.print(f"{report.left_out} texts more than can be used were left out.")
    for warning in report.warnings[:MOST_ROWS]:
        names = ", ".join(warning.reasons[:MOST_NAMES]) + (
            " ..." if len(warning.reasons) > MOST_NAMES else ""
        )
        console.print(f"{warning.code}: {warning.detail} [{names}]", markup=False)
    _bad_rows(console, bad_rows)


def figures_printed(figures: Figures, bad_rows: Sequence[BadRow]) -> int:
    """Print an evaluation; returns the exit code of success."""
    console = Console(highlight=False)
    _figures(console, figures)
    _bad_rows(console, bad_rows)
    return 0


def _figures(console: Console, figures: Figures) -> None:
    kept = "-" if figures.precision_kept is None else f"{figures.precision_kept:.4f}"
    for name, value in (
        ("texts", str(figures.n)),
        ("accuracy", f"{figures.accuracy:.4f}"),
        ("macro-F1", f"{figures.macro_f1:.4f}"),
        ("accuracy with abstention", f"{figures.accuracy_with_abstention:.4f}"),
        ("get a reason", f"{figures.kept:.4f} of the texts, {kept} of them rightly"),
        ("coverage at 0.95 precision", f"{figures.coverage_at_95_precision:.4f}"),
        ("expected calibration error", f"{figures.expected_calibration_error:.4f}"),
    ):
        console.print(f"{name:28} {value}")
    if figures.out_of_scope_recall is not None:
        console.print(f"{'without a reason, get none':28} {figures.out_of_scope_recall:.4f}")
    table = Table("reason", "texts", "precision", "recall", "F1")
    table.columns[0].overflow = "fold"
    for row in figures.per_reason:
        f1 = "" if row.f1 is None else f"{row.f1:.2f}"
        table.add_row(row.name, str(row.texts), _interval(row.precision), _interval(row.recall), f1)
    console.print(table)
    for one in figures.confusions[:MOST_CONFUSIONS]:
        console.print(f"{one.texts:5d} x  {one.label}  taken for  {one.taken_for}", markup=False)


def _interval(share: Share) -> str:
    return "" if share.value is None else f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f})"


def _bad_rows(console: Console, rows: Sequence[BadRow]) -> None:
    if rows:
        console.print(f"{len(rows)} rows were left out:")
    for row in rows[:MOST_ROWS]:
        console.print(f"  line {row.line}: {row.detail}", markup=False)
