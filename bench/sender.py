"""One of several processes that send at once: says "ready", waits, sends all that is due."""

from __future__ import annotations

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django

django.setup()

from django.conf import settings

from bench import reminders
from notifications.services.sending import send_due


def main() -> None:
    """Send until nothing is due, and print how many went."""
    settings.EMAIL_BACKEND = "core.mail_connection.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["MAIL_PORT"])
    settings.MAIL_CONNECTIONS = 4
    print("ready", flush=True)
    sys.stdin.readline()
    gone = 0
    while sent := send_due(now=reminders.NOW, local=reminders.LOCAL).sent:
        gone += sent
    print(gone)


if __name__ == "__main__":
    main()
