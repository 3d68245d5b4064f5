"""Doing something with bytes from outside in a process of its own, which may break without harm.

Whatever the bytes do to their reader (endless work, more memory than there is, a crash in a
library), this process only hears that it came to nothing. The small process sees no settings and no
secrets: it gets an empty environment and the bytes. Without Django: both sides use it.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Final

_HOME: Final = Path(__file__).resolve().parents[1]


class Broken(RuntimeError):
    """The small process gave no answer.

    Attributes:
        too_heavy: it was ended by a limit; otherwise it broke.
    """

    def __init__(self, *, too_heavy: bool) -> None:
        super().__init__("too heavy" if too_heavy else "broken")
        self.too_heavy = too_heavy


def ask(module: str, *arguments: str, content: bytes, seconds: float) -> bytes:
    """Return what one of our own modules writes when it is given these bytes.

    Args:
        module: is run as ``python -m module arguments…``; it binds itself (``bind``).
        arguments: for it.
        content: on its standard input.
        seconds: after which it is killed, whatever it waits for.

    Raises:
        Broken: it was ended by a limit, or broke.
    """
    environment = {"LC_ALL": "C.UTF-8"}
    if sys.pycache_prefix:
        environment["PYTHONPYCACHEPREFIX"] = str(Path(sys.pycache_prefix).absolute())
    # The command is this interpreter and one of our own modules.
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_HOME,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            answer, _errors = process.communicate(content, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            with suppress(ValueError, OSError):
                process.communicate()
            raise Broken(too_heavy=True) from None
        except OSError:
            process.kill()
            raise Broken(too_heavy=False) from None
    if process.returncode == 0:
        return answer
    # The processor's limit kills; memory that cannot be had aborts, or ends in a traceback.
    by_limit = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV}
    raise Broken(too_heavy=process.returncode in by_limit)


def bind(*, memory: int, processor_time: float) -> None:
    """Put limits on this process that it cannot take away: nothing written, no core dump either.

    Args:
        memory: bytes of address space; what it takes of real memory is always less.
        processor_time: seconds, on top of what it took so far.
    """
    seconds = ceil(time.process_time() + processor_time)
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
