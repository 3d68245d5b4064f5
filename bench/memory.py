"""What the web server and the whole embedded stack hold, after people looked at everything."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.load import stacks
from bench.load.visiting import visit
from bench.measure import Figure
from bench.processes import megabytes
from bench.sizes import SIZES

_CALM: Final = 10.0
_WEB, _STACK = 160, 400


def figures() -> Iterator[Figure]:
    """Fill the small size of the load test, let its people in without a pause, and weigh.

    Proportional set size, everything that the processes started included.
    """
    with tempfile.TemporaryDirectory(prefix="rodedraad-bench-") as name:
        folder = Path(name) / "embedded"
        with stacks.prepared(stacks.EMBEDDED, folder) as environment:
            filled = subprocess.run(
                [sys.executable, "-m", "bench.load.filling", "small"],
                cwd=stacks.ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                check=True,
            )
            setting = json.loads(filled.stdout.splitlines()[-1])
            with stacks.serving(stacks.EMBEDDED, environment, folder) as served:
                time.sleep(_CALM)
                idle = served.megabytes()
                told = visit(setting["visitors"], port=served.port, seconds=SIZES.visited, pause=0)
                web = megabytes(served.web)
                busy = served.megabytes()
    asked = sum(len(taken) for taken in told.seconds.values())
    details = {"pages_asked": asked, "errors": len(told.wrong)}
    yield Figure(
        name="web worker after the bench",
        ratio=_WEB / max(web, 1),
        floor=f"{_WEB} MB",
        details={"megabytes": web, **details},
    )
    yield Figure(
        name="idle embedded stack",
        ratio=_STACK / max(idle, 1),
        floor=f"{_STACK} MB",
        details={"megabytes": idle, "megabytes_afterwards": busy},
    )
