from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from process.rules.order import ORDER_RULES
from process.rules.transitions import diagram


class Command(BaseCommand):
    help = "Draw what can happen to a milestone, and the order checks, as Mermaid diagrams."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(diagram())
        self.stdout.write("")
        self.stdout.write("flowchart LR")
        for rule in ORDER_RULES:
            arrow = "-- strictly before -->" if rule.strict else "-->"
            self.stdout.write(f"    {rule.first} {arrow} {rule.then}")
