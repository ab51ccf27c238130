"""`make bench`: runs the benchmarks one after the other and prints README's table.

`python -m tests.bench NAME...` runs only those named.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHES = (
    "demo",
    "ingest",
    "texts_per_second",
    "throughput",
    "decoding",
    "memory",
    "recognition",
    "invented_words",
    "characteristics",
    "phrases",
    "search",
    "rules",
    "facts",
    "discovery",
    "parties",
    "reasons",
    "mail",
    "summary",
    "redaction",
)


def main(names: list[str]) -> int:
    """Run each benchmark in a process of its own; its last line of output is a JSON object of figures."""
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    failed = False
    for name in names or BENCHES:
        print(f"== {name}", flush=True)
        run = subprocess.run(
            [sys.executable, "-m", f"tests.bench.{name}"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        )
        failed = failed or run.returncode != 0
        lines = run.stdout.strip().splitlines()
        try:
            figures = json.loads(lines[-1]) if lines else {}
        except ValueError:
            print(run.stdout)
            continue
        print("| figure | value |\n|---|---|")
        for figure, value in figures.items():
            print(f"| {figure} | {value} |")
        print(flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
