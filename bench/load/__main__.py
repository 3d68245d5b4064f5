"""``python -m bench.load``: fill, let fifty people in at once, print how long they waited.

Bounded and on loopback alone: both stacks are started here, on free ports of 127.0.0.1, with
databases of their own, and are stopped again. Any answer that is an error is printed, and makes the
command fail.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.load import stacks
from bench.load.sizes import SIZES
from bench.load.visiting import Told, visit
from bench.processes import megabytes

_SHOWN = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, run each stack; return 0 when nobody was answered an error."""
    options = _options(arguments)
    outcomes = []
    for name in (stacks.EMBEDDED, stacks.SERVERS) if options.stack == "both" else (options.stack,):
        lacking = stacks.lacking(name)
        if lacking:
            print(f"{stacks.WORDS[name]}: not measured, there is no {lacking} here")
            continue
        with _folder(options.keep, f"{name}-{options.size}") as folder:
            outcomes.append(_run(name, folder, options))
    path = stacks.ROOT / "var" / "load.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(outcomes, indent=2), encoding="utf-8")
    print(f"written to {path.relative_to(stacks.ROOT)}")
    return 1 if not outcomes or any(one["errors"] for one in outcomes) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--stack", choices=[*stacks.WORDS, "both"], default="both")
    parser.add_argument("--seconds", type=float, help="how long they go on")
    parser.add_argument(
        "--pause", type=float, default=2.0, help="seconds that somebody reads, on average"
    )
    parser.add_argument(
        "--keep", type=Path, help="keep the filled databases here, and use those that are there"
    )
    return parser.parse_args(arguments)


@contextmanager
def _folder(kept: Path | None, name: str) -> Iterator[Path]:
    if kept is not None:
        yield kept.resolve() / name
        return
    with tempfile.TemporaryDirectory(prefix="rodedraad-load-") as folder:
        # PostgreSQL's own user must be able to pass through it.
        Path(folder).chmod(0o755)
        yield Path(folder) / name


def _run(name: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    size = SIZES[options.size]
    seconds = options.seconds or size.seconds
    print(f"{stacks.WORDS[name]}: {size.branches:,} branches", flush=True)
    with stacks.prepared(name, folder) as environment:
        setting = _filled(folder, environment, options.size)
        with stacks.serving(name, environment, folder) as served:
            told = visit(
                setting["visitors"], port=served.port, seconds=seconds, pause=options.pause
            )
            memory = megabytes(served.web)
    return _outcome(name, setting, told, pause=options.pause, memory=memory)


def _filled(folder: Path, environment: Mapping[str, str], size: str) -> dict[str, Any]:
    path = folder / "setting.json"
    if path.exists():
        print("  filled before")
    else:
        answer = subprocess.run(  # noqa: S603 - our own
            [sys.executable, "-m", "bench.load.filling", size],
            cwd=stacks.ROOT,
            env=dict(environment),
            stdout=subprocess.PIPE,
            check=True,
        )
        path.write_bytes(answer.stdout.splitlines()[-1])
    setting: dict[str, Any] = json.loads(path.read_bytes())
    return setting


def _outcome(
    name: str,
    setting: Mapping[str, Any],
    told: Told,
    *,
    pause: float,
    memory: int,
) -> dict[str, Any]:
    seconds = told.lasted
    every = [one for taken in told.seconds.values() for one in taken]
    kinds = {
        kind: _spread(told.seconds[kind])
        for kind in sorted(told.seconds, key=lambda kind: -len(told.seconds[kind]))
    }
    all_of_them = _spread(every)
    rows = ", ".join(f"{count:,} {what}" for what, count in setting["rows"].items())
    print(f"  {rows}")
    print(f"  {len(setting['visitors'])} people, who read {pause:g} s; {seconds:.0f} s in all")
    print(f"  {'kind of page':32} {'n':>6} {'p50':>8} {'p90':>8} {'p99':>8} {'max':>8}  (ms)")
    for kind, spread in [*kinds.items(), ("all", all_of_them)]:
        print(
            f"  {kind:32} {spread['n']:6} "
            + " ".join(f"{spread[key]:8.0f}" for key in ("p50", "p90", "p99", "max"))
        )
    print(
        f"  {len(every) / seconds:.1f} answers a second, {told.bytes / 1e6:.1f} MB, "
        f"{told.unchanged} feeds unchanged, web {memory} MB, {len(told.wrong)} errors"
    )
    for kind, count in told.formless.items():
        print(f"  {count} pages had no form: {kind}")
    for line in told.wrong[:_SHOWN]:
        print(f"  ! {line}")
    if len(told.wrong) > _SHOWN:
        print(f"  ! and {len(told.wrong) - _SHOWN} more, in load.json")
    return {
        "stack": stacks.WORDS[name],
        "rows": setting["rows"],
        "seconds_to_fill": setting["seconds"],
        "people": len(setting["visitors"]),
        "pause": pause,
        "seconds": round(seconds, 1),
        "answers_a_second": round(len(every) / seconds, 1),
        "web_megabytes": memory,
        "errors": len(told.wrong),
        "wrong": told.wrong,
        "pages_without_form": told.formless,
        "milliseconds": {"all": all_of_them, **kinds},
    }


def _spread(taken: Sequence[float]) -> dict[str, float]:
    in_order = sorted(taken)
    if not in_order:
        return {"n": 0, "p50": 0, "p90": 0, "p99": 0, "max": 0}

    def at(part: float) -> float:
        place = min(int(part * len(in_order)), len(in_order) - 1)
        return round(in_order[place] * 1000, 1)

    return {
        "n": len(in_order),
        "p50": at(0.5),
        "p90": at(0.9),
        "p99": at(0.99),
        "max": round(in_order[-1] * 1000, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
