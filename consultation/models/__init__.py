"""The tables of this room."""

from __future__ import annotations

from consultation.models.consultation import Channel, Consultation, Stakeholder, Theme
from consultation.models.contribution import (
    Attachment,
    Contribution,
    Contributor,
    Letter,
    MeasureLink,
)
from consultation.models.gatherings import (
    Cluster,
    Gathering,
    Participant,
    Point,
    PostIt,
    Session,
)
from consultation.models.likeness import NotAlike
from consultation.models.lists import ListImport, RememberedColumns
from consultation.models.mailbox import IncomingMail, Mailbox, MailUpload

__all__ = [
    "Attachment",
    "Channel",
    "Cluster",
    "Consultation",
    "Contribution",
    "Contributor",
    "Gathering",
    "IncomingMail",
    "Letter",
    "ListImport",
    "MailUpload",
    "Mailbox",
    "MeasureLink",
    "NotAlike",
    "Participant",
    "Point",
    "PostIt",
    "RememberedColumns",
    "Session",
    "Stakeholder",
    "Theme",
]
