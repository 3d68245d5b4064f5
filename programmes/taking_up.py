"""From how much of what people brought in a measure was made, in numbers.

Input is collected in a room above this one. That room names a function here through the setting
``MEASURE_INPUT``: this room stands below it and may not import it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.module_loading import import_string

from programmes.models import Programme


def taken_up(programme: Programme) -> Mapping[int, int]:
    """Return id of a measure → how many contributions it took up; those without are left out."""
    count: Callable[[Programme], Mapping[int, int]] = import_string(settings.MEASURE_INPUT)
    return count(programme)
