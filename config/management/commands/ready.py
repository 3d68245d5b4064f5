from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config import health


class Command(BaseCommand):
    help = (
        "Says what /readyz says, without a web server. Exit code 0: all is well; 1: it is not, and "
        '"why" tells what.'
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        told = health.look(now=timezone.now()).told()
        self.stdout.write(json.dumps(told, indent=1))
        if not told["ready"]:
            sys.exit(1)
