"""A scheduler or a worker in simulated time.

``python -m tests.chaos.simulating ROLE NUMBER MINUTES``, where a role is scheduler or worker.

A scheduler ticks once for each simulated minute, as fast as it can; a worker runs whatever is due
at the minute that a scheduler has come to, until both are through.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
import time_machine

django.setup()

from django.conf import settings

from config import engines, schedules
from jobs import services
from jobs.models import Job

BEGIN = datetime(2021, 10, 11, 4, 0, tzinfo=UTC)
FOLDER = Path(settings.STATE_DIR)


def schedule(name: str, minutes: int) -> None:
    for minute in range(minutes):
        (FOLDER / f"minute-{name}").write_text(str(minute))
        with time_machine.travel(BEGIN + timedelta(minutes=minute), tick=False):
            engines.tick()
    (FOLDER / f"through-{name}").touch()


def reached() -> datetime:
    texts = [path.read_text() for path in FOLDER.glob("minute-*")]
    return BEGIN + timedelta(minutes=max((int(text) for text in texts if text), default=0))


def work() -> None:
    while True:
        through = len(list(FOLDER.glob("through-*"))) == 2
        now = reached()
        due = Job.objects.filter(state=Job.State.WAITING, run_after__lte=now)
        ids = list(due.order_by("id").values_list("pk", flat=True)[:5])
        for job_id in ids:
            with time_machine.travel(now, tick=False):
                services.run(job_id, now=now)
        if through and not ids:
            return
        if not ids:
            time.sleep(0.01)


def nobody(_job_id: int) -> None:
    """Nudge nobody: these workers look by themselves."""


if __name__ == "__main__":
    role, number, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    settings.CLOCK = "core.clock.SystemClock"
    settings.JOBS_NUDGE = "tests.chaos.simulating.nobody"
    settings.SCHEDULES = schedules.SCHEDULES
    if role == "scheduler":
        schedule(number, count)
    else:
        work()
