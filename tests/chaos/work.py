"""What workers are given to do while they are killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from jobs.services import outside_transaction

# What a mail takes besides the conversation: so long, a worker can be killed at it.
SECONDS = 0.02


@outside_transaction
def mail(*, number: int) -> None:
    """Send one mail, which its Message-ID tells from all others."""
    time.sleep(SECONDS)
    EmailMessage(
        subject=f"Number {number}",
        body="Hello",
        from_email="draad@chaos.example",
        to=[f"reader{number}@chaos.example"],
        headers={"Message-ID": f"<{number}@chaos.example>"},
    ).send()
    time.sleep(SECONDS)


@outside_transaction
def poison() -> None:
    """Kill the worker that does this."""
    os.kill(os.getpid(), signal.SIGKILL)


@outside_transaction
def slow(*, number: int, seconds: float) -> None:
    """Take a while before the mail goes; a file tells that it has begun."""
    Path(settings.STATE_DIR, f"slow-{number}").touch()
    time.sleep(seconds)
    mail(number=number)
