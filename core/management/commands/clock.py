"""``manage.py clock``: which day it is, and in a demonstration another day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from core import clock, travel
from core.dates import day_words


class Command(BaseCommand):
    help = (
        "Shows the day the product believes it is, or moves a demonstration's clock: "
        "clock [show] | clock set 2022-03-16 | clock +7d | clock reset."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", default="show", help="show, set, +<days>d, reset")
        parser.add_argument("day", nargs="?", default="", help="the day for set: 2022-03-16")

    def handle(self, *_args: Any, **options: Any) -> None:
        before = clock.today()
        if options["action"] == "show":
            self.stdout.write(gettext("It is %(day)s.") % {"day": day_words(before)})
            return
        if not clock.is_movable():
            raise CommandError(
                gettext(
                    "This installation runs on the real clock, and that cannot be moved: nothing "
                    "was changed. Only a demonstration (make run) has a clock that moves."
                )
            )
        after = self._destination(options["action"], options["day"], before)
        clock.set_today(day=after)
        self.stdout.write(gettext("It is now %(day)s.") % {"day": day_words(after)})
        if after < before:
            self.stdout.write(
                gettext(
                    "The clock went back. What was recorded on later days is kept and stands in "
                    "the future now; mail of later days has not been sent yet."
                )
            )

    def _destination(self, action: str, day: str, today: date) -> date:
        text = {"set": day, "reset": settings.DEMO_START}.get(action, action)
        try:
            return travel.read(text, today=today)
        except travel.UnreadableDay:
            raise CommandError(
                gettext(
                    "“%(text)s” is not a day. Write clock set 2022-03-16, clock +7d, clock reset "
                    "or clock show. The clock was not moved."
                )
                % {"text": text}
            ) from None
        except travel.OutOfReach:
            raise CommandError(
                gettext(
                    "The clock goes from %(first)s to %(last)s and no further. It was not moved."
                )
                % {"first": day_words(travel.FIRST_DAY), "last": day_words(travel.LAST_DAY)}
            ) from None
