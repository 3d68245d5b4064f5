"""Taking back what was told: only for a demonstration whose clock goes back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from consultation.enums import LetterState
from consultation.models import Letter
from evaluation.services.ten import telling
from notifications.enums import ReminderState
from notifications.models import Delivery, Message, Reminder


@transaction.atomic
def forget_after(*, day: date) -> None:
    """Forget all mails of after ``day``; what they told and was due by then waits again."""
    telling.forget_after(day=day)
    later = Delivery.objects.filter(day__gt=day)
    Reminder.objects.filter(due_on__gt=day).delete()
    Reminder.objects.filter(delivery__in=later).update(state=ReminderState.WAITING, delivery=None)
    Letter.objects.filter(delivery__in=later).update(state=LetterState.WAITING, sent_on=None)
    later.delete()
    Message.objects.filter(written_on__gt=day).delete()
