"""Everything that is kept of anybody, as text: to look in for who should be gone."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from tests.integration.access.opened import text_in


def whole_database() -> str:
    """Return every row of every table, and what is packed in sessions."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            told.append(f"{table}: {cursor.fetchall()}")
    told += [f"session: {session.get_decoded()}" for session in Session.objects.all()]
    return "\n".join(told)


def all_files() -> str:
    """Return the names and contents of every file that is kept, those in archives too."""
    kept = [path for path in sorted(settings.MEDIA_ROOT.rglob("*")) if path.is_file()]
    return "\n".join(f"{path}: {_text(path.read_bytes())}" for path in kept)


def _text(content: bytes) -> str:
    try:
        return text_in(content)
    except UnicodeDecodeError:
        return content.decode("latin-1")
