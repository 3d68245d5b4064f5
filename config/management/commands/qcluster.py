"""``manage.py qcluster``: django-q2's own worker, watched, so that it cannot stand still for ever.

Its workers take their tasks from one queue under one lock. A worker that is killed while it holds
that lock (it waits with the lock in its hands) takes the lock along, and all others wait for ever,
looking healthy. So: the lock here is the kernel's, which a dead process gives back; and whoever
has not ticked for ``STUCK_SECONDS`` all the same is ended, for the supervisor to start anew.

This command has the name of django-q2's, and comes before it because ``config`` stands before
``django_q`` in ``INSTALLED_APPS``.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.engines import django_q2
from config.engines.watching import Watch

LOOK_SECONDS = 5.0


class Command(BaseCommand):
    help = "Runs the worker (django-q2) until SIGTERM, which lets it finish what it is busy with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run-once", action="store_true", help="Do what waits, and stop.")

    def handle(self, *_args: Any, **options: Any) -> None:
        from django_q.cluster import Cluster  # noqa: PLC0415 - starts nothing until it is asked for

        django_q2.survive_deaths()
        cluster = Cluster()
        cluster.start()
        if options["run_once"]:
            cluster.stop()
            return
        watch = Watch(limit=settings.STUCK_SECONDS)
        looked = time.monotonic()
        while cluster.sentinel.is_alive():
            time.sleep(0.2)
            if time.monotonic() - looked < min(LOOK_SECONDS, settings.STUCK_SECONDS / 2):
                continue
            looked = time.monotonic()
            if watch.is_stuck():
                self._end(cluster, "stands still")
        if not cluster.has_stopped:
            self._end(cluster, "lost its first process")

    def _end(self, cluster: Any, why: str) -> None:
        self.stderr.write(f"The worker {why}: it ends, so that it can be started anew.")
        cluster.sentinel.kill()
        if os.getpgrp() == os.getpid():
            # Nothing of it may go on beside the new one; this process goes along.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(0, signal.SIGKILL)
        raise CommandError(f"the worker {why}")
