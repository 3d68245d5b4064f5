"""A process that looks into a mailbox, over and over, until somebody kills it.

``python -m tests.chaos.mail_reader set-up PORT`` makes the mailbox and tells its number;
``… read NUMBER`` looks into it.
"""

from __future__ import annotations

import sys
import time

import django

django.setup()

from django.utils import timezone

from branches.models import User
from consultation.models import Mailbox
from consultation.services.mail_reading import look
from consultation.services.mailboxes import Description, describe
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of
from tests.imap_server import PASSWORD, USER


def set_up(port: int) -> None:
    consultation = consultation_of()
    box = describe(
        consultation=consultation,
        description=Description(
            address="inbreng@afdeling.voorbeeld.nl",
            host="localhost",
            port=port,
            security="starttls",
            username=USER,
            folder="Input",
            since=None,
            mark_seen=True,
        ),
        password=PASSWORD,
        revision=0,
        by=User.objects.create(email="bestuur@voorbeeld.nl"),
        today=FIRST_DAY,
        now=timezone.now(),
    )
    print(box.pk)  # noqa: T201 - for who asked


def read(number: int) -> None:
    while True:
        look(mailbox_id=number, now=timezone.now(), today=FIRST_DAY)
        wrong = Mailbox.objects.values_list("error", flat=True).get(pk=number)
        if wrong:
            print(wrong, flush=True)  # noqa: T201 - into its log
        time.sleep(0.05)


if __name__ == "__main__":
    {"set-up": set_up, "read": read}[sys.argv[1]](int(sys.argv[2]))
