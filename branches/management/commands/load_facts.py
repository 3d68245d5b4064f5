"""``manage.py load_facts``: municipalities into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from branches.facts.tables import BrokenTable
from branches.services.municipalities import load_municipalities
from core import clock


class Command(BaseCommand):
    help = (
        "Brings the municipalities in the database in step with the project's table of facts. "
        "Run it after installing and after each update; it can be repeated."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            count = load_municipalities(today=clock.today())
        except BrokenTable as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(
            ngettext(
                "%(count)s municipality exists today; the table is up to date.",
                "%(count)s municipalities exist today; the table is up to date.",
                count,
            )
            % {"count": count}
        )
