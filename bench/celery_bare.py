"""The product's Celery application, with one task that does nothing."""

from __future__ import annotations

from config.celery_app import app


@app.task(name="bench.nothing")  # type: ignore[untyped-decorator]  # Celery has no types
def nothing() -> None:
    """Do nothing."""
