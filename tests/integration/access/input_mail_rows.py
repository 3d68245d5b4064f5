"""Rows of the input: the mailbox, files of mail, and files that came with contributions."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import BOTH, COMMITTEE, PAGE, WORKING, WRITE, Row, give, to
from tests.mails import mail


def _aside(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.input.aside.pk}


def _upload(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.input.mail_upload.pk}


def _attachment(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.input.attachment.pk}


def _mailbox(world: World) -> dict[str, Any]:
    return {
        "revision": world.a.input.mailbox.revision,
        "address": "inbreng@a.voorbeeld.nl",
        "password": "een geheim woord",
        "which": "new",
        "host": "imap.a.voorbeeld.nl",
        "security": "tls",
        "username": "inbreng",
        "folder": "INBOX",
        "mark_seen": "on",
    }


def _files(world: World) -> dict[str, Any]:
    del world
    return {"mails": SimpleUploadedFile("brief.eml", mail(), "message/rfc822")}


ROWS: list[Row] = [
    Row(
        name="consultation:mailbox",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=_mailbox,
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:mailbox"), *COMMITTEE),
    ),
    Row(
        name="consultation:mailbox_look",
        permission="consultation.work",
        kwargs=slug,
        methods=WRITE,
        post=give(to("consultation:mailbox"), *COMMITTEE),
    ),
    Row(
        name="consultation:mailbox_remove",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:mailbox"), *COMMITTEE),
    ),
    Row(
        name="consultation:mail_aside",
        permission="consultation.work",
        kwargs=slug,
        get=give(PAGE, *COMMITTEE),
    ),
    Row(
        name="consultation:mail_take",
        permission="consultation.work",
        kwargs=_aside,
        methods=WRITE,
        post=give(to("consultation:mail_aside"), *COMMITTEE),
    ),
    Row(
        name="consultation:mail_upload",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=_files,
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:mail_uploaded"), *COMMITTEE),
    ),
    Row(
        name="consultation:mail_uploaded",
        permission="consultation.work",
        kwargs=_upload,
        get=give(PAGE, *COMMITTEE),
    ),
    Row(
        name="consultation:attachment",
        permission="consultation.view_contributions",
        kwargs=_attachment,
        get=give(PAGE, *WORKING),
    ),
]
