"""A database server that is away, or that takes a connection and says nothing: it is said, soon."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import json, django
django.setup()
from django.test import Client
answers = [Client().get(path) for path in ("/readyz", "/readyz", "/healthz")]
print(json.dumps([[a.status_code, a.content.decode()] for a in answers]))
"""


@pytest.mark.parametrize("silent", [False, True])
def test_a_database_server_that_does_not_answer(silent: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if not silent:
            server.close()
        run = subprocess.run(  # noqa: S603 - our own interpreter, our own arguments
            [sys.executable, "-c", ASK],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "TEST_DATABASE_URL": f"postgres://hoofdpersoon:geheim@127.0.0.1:{port}/draad",
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    (status, text), (again, _same), (alive, _ok) = json.loads(run.stdout.splitlines()[-1])
    assert (status, again, alive) == (503, 503, 200)
    told = json.loads(text)
    assert told["database"] in {"not reachable", "no answer"}
    assert told["why"] == [f"the database: {told['database']}"]
    assert told["queue"] == "ok"
    for secret in ("geheim", "hoofdpersoon"):
        assert secret not in text
        assert secret not in run.stderr
