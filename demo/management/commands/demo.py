"""``manage.py demo``: branches, people and progress for a demonstration."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from demo.services.build import build, is_empty


class Command(BaseCommand):
    help = "Fills an empty demonstration with invented branches, people and progress."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing if data are there")
        parser.add_argument("--seed", type=int, default=2022, help="the same seed, the same rows")
        parser.add_argument("--small", action="store_true", help="a dozen branches, not all")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                gettext(
                    "This is not a demonstration, so no invented people are put in it. Nothing "
                    "was changed."
                )
            )
        if not is_empty():
            if options["if_empty"]:
                self.stdout.write(gettext("There are branches already; nothing was changed."))
                return
            raise CommandError(
                gettext(
                    "There are branches already, and they are kept. To start afresh: make clean, "
                    "then make run."
                )
            )
        build(
            seed=options["seed"],
            small=options["small"],
            today=date.fromisoformat(settings.DEMO_START),
            say=self.stdout.write,
        )
