"""A scheduler in a hurry: hands django-q2 a tick a second (its own looks twice a minute)."""

from __future__ import annotations

import time

import django

django.setup()

from django.conf import settings
from django.db import DatabaseError
from django_q.models import OrmQ
from django_q.tasks import async_task

ENOUGH_WAITING = 500

if __name__ == "__main__":
    while True:
        try:
            if OrmQ.objects.count() < ENOUGH_WAITING:
                async_task("config.engines.tick")
        except DatabaseError:
            django.db.connection.close()
        time.sleep(settings.TICK_SECONDS)
