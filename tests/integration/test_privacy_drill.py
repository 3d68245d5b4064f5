"""One person, named in every column in which anybody can write: found, and taken out or pointed at.

The columns are read from the tables themselves: one that is added has to be searched as well, or
stand below with the reason why it is not.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from branches import personal_data
from branches.models import Branch, User
from branches.personal_data import Sought, Trace
from consultation.enums import StakeholderKind
from consultation.models import MailUpload, Stakeholder
from consultation.services.erasing_person import erase_person
from consultation.services.handing_over import hand_over
from notifications.enums import MessageKind
from notifications.models import Message
from process.enums import DecisionKind
from programmes.enums import BaseChoice
from programmes.models import BaseDecision
from tests.clock import FIRST_DAY
from tests.factories import NationalOfficerFactory, UserFactory
from tests.integration.access.house import House, build_house
from tests.process_factories import TimelineFactory, decide
from tests.refusing import setting

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Zwaantje Querido", "zwaantje@querido.example"
ROOMS = (
    "branches",
    "programmes",
    "process",
    "evaluation",
    "consultation",
    "notifications",
    "monitor",
)
# What is shorter fits no name.
SHORTEST = len(NAME)
CODES = {
    *("code", "digest", "fingerprint", "handler", "key", "key_hash", "later_key", "milestone_key"),
    *("language", "next_key", "nonce", "part_key", "password", "preference_key", "province"),
    *(
        "refusal",
        "rule",
        "seen",
        "slug",
        "statutory_key",
        "subject_id",
        "subject_type",
        "token_hash",
    ),
    *("uid", "verb"),
}
"""Names of columns that hold keys, codes and digests."""

NOT_SEARCHED = {
    # Somebody with an account: by name and address, never by a part of a text.
    "branches.User": "accounts are changed by their owner",
    "branches.AuditEntry": "the history keeps who did what for the branch, and nobody from outside",
    "branches.Branch": "what the branch is called",
    "branches.Municipality": "of the country",
    "branches.PlaceUse": "a digest of a network address",
    "process.Election": "of the country",
    "process.RollOut": "counts",
    "process.TemplateVersion": "of the country",
    "process.TemplateMilestone": "of the country",
    "process.TemplatePart": "of the country",
    "process.Timeline": "computed from milestones",
    "process.CalendarEvent": "computed from meetings and milestones, and follows them",
    "process.DiversityTally": "belongs to nobody",
    "process.Decision": "nobody can write in it; see the test of what cannot be changed",
    "programmes.BasePublication": "of the country",
    "programmes.CrossReference": "repeats the title of a chapter",
    "programmes.Measure.placeholders": "what has to be filled in, as its text has it",
    "programmes.Measure.footnotes": "numbers",
    "programmes.Example.links": "addresses of pages elsewhere",
    "evaluation.Bulletin": "goes with the follower",
    "consultation.Attachment.file": "a name that nobody can guess",
    "consultation.Contribution.stems": "computed from the text, and goes with it",
    "consultation.Contributor.consent": "a sentence of the product; goes with the person",
    "consultation.ListImport.header": "titles of columns",
    "consultation.ListImport.mapping": "titles of columns",
    "consultation.RememberedColumns": "titles of columns",
    "consultation.Mailbox": "the branch's own account at its provider",
    "consultation.MailUpload.files": "emptied as soon as it was read",
    "consultation.IncomingMail.remark": "a sentence of the product",
    "notifications.Delivery": "which mail to whom; what it says is told by other tables",
    "notifications.RuleSetting": "of the country",
    "notifications.Message.link": "a page of this site",
    "monitor.SavedView": "of the country",
    "monitor.MonthlyReport": "of the country",
    "monitor.Announcement": "of the country",
    "monitor.Expert.themes": "codes",
}
"""Tables and columns that are left out of the search, each with the reason."""


@pytest.fixture
def house() -> House:
    """Return a branch with something in every room, and what only this test needs of it."""
    officer = NationalOfficerFactory(user__name="Lotte Landelijk").user
    house = build_house(slug="harlingen", marked=False, officer=officer)
    Message.objects.create(
        kind=MessageKind.NUDGE, branch=house.branch, subject="Hoe gaat het?", text="Hoi.",
        written_on=FIRST_DAY, key="nudge:een",
    )  # fmt: skip
    MailUpload.objects.create(
        consultation=house.branch.consultations.get(),
        refused=[{"name": "a.txt"}],
        uploaded_on=FIRST_DAY,
    )
    BaseDecision.objects.create(
        branch=house.branch,
        base=house.programmes.spare,
        identity=uuid.uuid4(),
        choice=BaseChoice.KEEP,
        decided_on=FIRST_DAY,
    )
    Stakeholder.objects.update(kind=StakeholderKind.PERSON)
    return house


def columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Yield every column of our tables in which somebody can write a name."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.concrete_fields:
                name = f"{model._meta.label}.{field.name}"
                is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
                if (
                    (is_text or isinstance(field, models.FileField))
                    and not field.choices
                    and field.name not in CODES
                    and not (field.max_length and field.max_length < SHORTEST)
                    and not {model._meta.label, name} & NOT_SEARCHED.keys()
                    and not isinstance(field, models.FileField)
                ):
                    yield model, field


def value_for(field: Any) -> Any:
    """Return what is written in a column to name the person."""
    if isinstance(field, models.EmailField):
        return ADDRESS
    if isinstance(field, models.URLField):
        return f"https://voorbeeld.nl/{NAME}"
    return [{"text": NAME}] if isinstance(field, models.JSONField) else NAME


def found(branch: Branch, text: str) -> list[Trace]:
    return personal_data.find(branch=branch, sought=Sought(text=text))


def left_in() -> dict[str, str]:
    """Return each table that holds the name or the address, with the row."""
    left = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                if "Querido" in str(row) or ADDRESS in str(row):
                    left[table] = str(row)
    return left


def look(house: House, row: models.Model, field: Any, by: User) -> str:
    """Name the person in one column of one row; return what is wrong with it, or nothing."""
    value = value_for(field)
    text = ADDRESS if value == ADDRESS else NAME
    try:
        with transaction.atomic():
            setting(row, **{field.name: value})()
    except DatabaseError:
        return "nobody can write there"  # in a fixed programme, say
    traces = found(house.branch, text)
    here = [trace.key for trace in traces if not trace.by_hand]
    if not here:
        return "" if traces else "nowhere found"
    assert hand_over(branch=house.branch, keys=here, by=by, today=FIRST_DAY)
    erase_person(branch=house.branch, keys=here, by=by, today=FIRST_DAY)
    return f"still there: {left_in()}" if left_in() else ""


def look_in_each(house: House, model: type[models.Model], field: Any, by: User) -> str:
    """Look in one row after the other, until in one of them all is well."""
    remark = "no row to write in"
    for row in model._default_manager.order_by("-pk"):
        with transaction.atomic():
            remark = look(house, row, field, by)
            transaction.set_rollback(True)
        if not remark:
            break
    return remark


def test_wherever_somebody_is_named_they_are_found_and_taken_out_or_pointed_at(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    by, wrong, looked_at = UserFactory(), {}, 0
    assert not left_in()
    for model, field in columns():
        remark = look_in_each(house, model, field, by)
        if remark:
            wrong[f"{model._meta.label}.{field.name}"] = remark
        looked_at += 1
    assert wrong == {}
    assert looked_at > 80
    assert not [line for line in caplog.messages if "Querido" in line or ADDRESS in line]


def test_what_cannot_be_changed_is_pointed_at() -> None:
    timeline = TimelineFactory()
    decide(timeline, DecisionKind.OTHER, day=FIRST_DAY, text=f"Dank aan {NAME}.")
    (trace,) = found(timeline.branch, NAME)
    assert trace.key.startswith("process.decision:")
    assert trace.by_hand
    assert NAME in trace.words


def test_each_reason_is_about_something_that_is_there() -> None:
    labels = {
        model._meta.label: model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }
    for name in NOT_SEARCHED:
        room, table, *column = name.split(".")
        names = {field.name for field in labels[f"{room}.{table}"]._meta.concrete_fields}
        assert set(column) <= names, name
