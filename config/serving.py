"""Settings of the web server: `python -m gunicorn --config python:config.serving …`.

Its log goes through the same formatter as everything else. There is no access log: the address of a
calendar feed holds its reader's key, and the program writes a line per request that names the page.
"""

from __future__ import annotations

import os

from config.logs import logging_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

logconfig_dict = logging_settings(
    style=os.environ.get("LOG_STYLE") or "json",
    requests="INFO",
)
