"""A run of sending ends before its engine ends it, and before others take over its mails."""

from __future__ import annotations

from django.conf import settings

from core.mail_connection import CONVERSATION, FAREWELL


def test_the_last_mail_of_a_run_ends_before_the_task_does() -> None:
    longest = settings.MAIL_RUN_SECONDS + CONVERSATION + FAREWELL * settings.MAIL_CONNECTIONS
    assert longest < settings.TASK_SECONDS


def test_a_mail_is_let_go_only_after_the_task_that_held_it() -> None:
    assert settings.TASK_SECONDS < settings.MAIL_LEASE_SECONDS
    assert CONVERSATION < settings.MAIL_LEASE_SECONDS


def test_one_conversation_has_room_for_a_server_that_scans() -> None:
    assert settings.MAIL_DATA_TIMEOUT <= CONVERSATION
