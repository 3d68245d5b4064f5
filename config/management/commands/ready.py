from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from config import health


class Command(BaseCommand):
    help = (
        "Says what /readyz says, without a web server. Exit code 0: all is well; 1: it is not, and "
        '"why" tells what.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--work",
            action="store_true",
            help="judge database, queue and tick alone: whether work is done at all",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        found = health.look(now=timezone.now())
        self.stdout.write(json.dumps(found.told(), indent=1))
        if not (found.works if options["work"] else not found.why):
            sys.exit(1)
