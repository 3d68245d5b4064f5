"""The Celery application; loaded only where the setting ``TASK_ENGINE`` is ``celery``.

``python -m celery -A config.celery_app worker`` runs the work, and one
``python -m celery -A config.celery_app beat`` ticks. The tasks belong to this application itself
(not to "the current one"), so a call can never end up at another broker than ``REDIS_URL``.
"""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

from django.conf import settings

TICK = "tick"

app = Celery("rodedraad", set_as_current=True)
app.conf.update(
    broker_url=settings.REDIS_URL,
    result_backend=None,
    task_ignore_result=True,
    accept_content=["json"],
    task_serializer="json",
    timezone="UTC",
    enable_utc=True,
    task_default_queue=settings.CELERY_QUEUE,
    # A message is only a nudge: losing it costs a minute, doubling it nothing. A worker that died
    # does not put its message back, since one that kills its worker would come round for ever.
    task_acks_late=True,
    task_reject_on_worker_lost=False,
    task_acks_on_failure_or_timeout=True,
    worker_prefetch_multiplier=1,
    worker_concurrency=2,
    # Four seconds is Celery's own patience with a process that starts; a busy machine needs more.
    worker_proc_alive_timeout=30,
    # What takes longer is killed; its lease runs out soon after (checked in config.checks).
    task_time_limit=settings.TASK_SECONDS,
    # Redis away: the worker keeps trying, and does not drop the work it is busy with meanwhile.
    broker_connection_retry=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    # A page that puts work down must not wait for a Redis that is away.
    task_publish_retry=False,
    broker_connection_timeout=1,
    broker_pool_limit=4,
    broker_transport_options={
        # Longer than any task and its lease; nothing here has an ETA.
        "visibility_timeout": 600,
        "socket_connect_timeout": 1,
        "socket_timeout": 2,
        "retry_on_timeout": False,
        "max_retries": 0,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0.1,
        "connect_retries_timeout": 1,
        "health_check_interval": 10,
    },
    beat_schedule_filename=str(settings.STATE_DIR / "celerybeat-schedule"),
    beat_max_loop_interval=5,
    beat_schedule={
        TICK: {
            "task": TICK,
            "schedule": settings.TICK_SECONDS,
            # Ticks that waited long for a worker are worth no more than the next one.
            "options": {"expires": settings.TICK_SECONDS * 5},
        },
    },
)


@app.task(name="run_job")  # type: ignore[untyped-decorator]  # Celery has no types
def run_job(job_id: int) -> None:
    """Run one job now."""
    from config import engines  # noqa: PLC0415 - Celery loads the models after this module

    engines.run_job(job_id)


@app.task(name=TICK)  # type: ignore[untyped-decorator]  # as above
def tick() -> None:
    """Do what is due this minute."""
    from config import engines  # noqa: PLC0415 - as above

    engines.tick()
