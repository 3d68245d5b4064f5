"""Reading a file from outside in a process of its own, which may break without harm.

Whatever a file does to its reader (endless work, more memory than there is, a crash in a library),
this process only hears that it could not be read. The small process sees no settings and no
secrets: it gets an empty environment and the bytes of the file.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.kinds import Kind
from core.sniffing import LARGEST
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import Block, load

WALL_TIME = 60
"""Seconds after which the small process is killed, whatever it waits for."""

_HOME = Path(__file__).resolve().parents[2]


def read_safely(file: bytes | Path, kind: Kind) -> list[Block]:
    """Return the blocks of a file from outside: within 5 s of processor time and 300 MB.

    Args:
        file: its bytes, or where it is.
        kind: what it is said to be; the small process looks whether it is.

    Raises:
        Unreadable: with a ``code``, and a ``sentence`` for people. Nothing is kept.
        OSError: there is no such file here.
    """
    if isinstance(file, Path):
        with file.open("rb") as stream:
            file = stream.read(LARGEST + 1)
    if not file:
        raise Unreadable(Code.EMPTY)
    if len(file) > LARGEST:
        raise Unreadable(Code.TOO_LARGE)
    return _blocks(_asked(file, kind))


def _asked(content: bytes, kind: Kind) -> bytes:
    """Return what the small process wrote.

    Raises:
        Unreadable: it was ended by a limit, or broke.
    """
    environment = {"LC_ALL": "C.UTF-8"}
    if sys.pycache_prefix:
        environment["PYTHONPYCACHEPREFIX"] = str(Path(sys.pycache_prefix).absolute())
    # The command is this interpreter and one of our own modules.
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "programmes.reading.child", kind.value],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_HOME,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            answer, _errors = process.communicate(content, timeout=WALL_TIME)
        except subprocess.TimeoutExpired:
            process.kill()
            with suppress(ValueError, OSError):
                process.communicate()
            raise Unreadable(Code.TOO_HEAVY) from None
        except OSError:
            process.kill()
            raise Unreadable(Code.FAILED) from None
    if process.returncode == 0:
        return answer
    # The processor's limit kills; memory that cannot be had aborts, or ends in a traceback.
    by_limit = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV}
    raise Unreadable(Code.TOO_HEAVY if process.returncode in by_limit else Code.FAILED)


def _blocks(answer: bytes) -> list[Block]:
    try:
        found: dict[str, Any] = json.loads(answer)
        code = Code(found["code"]) if "code" in found else None
        blocks = [load(row) for row in found.get("blocks", ())]
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Unreadable(Code.FAILED) from wrong
    if code is not None:
        raise Unreadable(code)
    return blocks
