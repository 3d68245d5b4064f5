"""``python -m bench [part …]``: measures, prints a table, writes var/bench.json.

Every figure is a ratio to a bare floor that was measured in the same run. Without names of parts
all of them are measured; ``--list`` names them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.goals import held
from bench.measure import Figure
from bench.parts import PARTS
from bench.servers import on_postgresql
from bench.stages import Stage


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, measure, report."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help="only these")
    parser.add_argument("--list", action="store_true", help="name the parts")
    parser.add_argument("--only-here", action="store_true", help="not on PostgreSQL as well")
    parser.add_argument("--into", type=Path, help="the file, instead of var/bench.json")
    options = parser.parse_args(arguments)
    if options.list:
        for name, part in PARTS.items():
            print(f"{name:12} {part.says}{' (both databases)' if part.both else ''}")
        return 0
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; --list names them")
    chosen = [name for name in PARTS if not options.parts or name in options.parts]
    figures, seconds = measured(chosen)
    both = [name for name in chosen if PARTS[name].both]
    if both and not options.only_here:
        figures += on_postgresql(both)
    report(figures, seconds, path=options.into or settings.STATE_DIR / "bench.json")
    return 1 if any(figure.name.endswith("BROKE OFF") for figure in figures) else 0


def measured(names: Sequence[str]) -> tuple[list[Figure], dict[str, float]]:
    """Return the figures of these parts, and how long each part took."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    figures: list[Figure] = []
    seconds: dict[str, float] = {}
    stage = Stage()
    try:
        for name in names:
            begin = time.perf_counter()
            figures += _figures_of(name, stage)
            seconds[name] = round(time.perf_counter() - begin, 1)
            print(f"{name}: {seconds[name]} s", file=sys.stderr, flush=True)
            if PARTS[name].leaves_rows and name != names[-1]:
                call_command("flush", interactive=False, verbosity=0)
                stage = Stage()
    finally:
        connection.close()
        if connection.vendor == "sqlite":
            Path(settings.DATABASES["default"]["NAME"]).unlink(missing_ok=True)
    return figures, seconds


def _figures_of(name: str, stage: Stage) -> list[Figure]:
    """Return what a part gives; one that breaks off does not take the others along."""
    found: list[Figure] = []
    try:
        found.extend(_named(figure) for figure in PARTS[name].measure(stage))
    except Exception:  # noqa: BLE001 - whatever it is, the other parts are measured
        traceback.print_exc()
        found.append(Figure(name=f"{name}: BROKE OFF", ratio=0.0, floor="nothing; see above"))
    return found


def _named(figure: Figure) -> Figure:
    """Say which database it was, where that is not the usual one and the name does not tell."""
    vendor = connection.vendor
    if vendor != "sqlite" and vendor not in figure.name:
        figure.name = f"{figure.name}, {vendor}"
    return figure


def report(figures: list[Figure], seconds: dict[str, float], *, path: Path) -> None:
    """Print the figures and then the goals, and write both."""
    for figure in figures:
        details = ", ".join(f"{name} {value}" for name, value in figure.details.items())
        print(f"{figure.name:44} {figure.ratio:6.2f} of {figure.floor:52} {details}")
    goals = list(held(figures))
    print(f"\n{'figure':52} {'value':>9}  {'goal':46}")
    for one in goals:
        value = "–" if one.value is None else f"{one.value:.2f}"
        print(f"{one.name:52} {value:>9}  {one.goal.limit + ' ' + one.goal.says:46} {one.verdict}")
    content = {
        "figures": [figure.as_row() for figure in figures],
        "goals": [one.as_row() for one in goals],
        "seconds": seconds,
    }
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    print(f"written to {path}")


if __name__ == "__main__":
    sys.exit(main())
