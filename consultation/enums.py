"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Classic(models.TextChoices):
    """The six classic themes (R28)."""

    HOUSING = "housing", _("Housing")
    WELFARE = "welfare", _("Welfare")
    CARE = "care", _("Care")
    WORK = "work", _("Work")
    EDUCATION = "education", _("Education")
    SUSTAINABILITY = "sustainability", _("Sustainability")


class Nature(models.TextChoices):
    """How people take part (R20: there must be both)."""

    DIGITAL = "digital", pgettext_lazy("channel", "online")
    PHYSICAL = "physical", pgettext_lazy("channel", "face to face")


class ChannelKind(models.TextChoices):
    """By which way input comes in (R21 … R27)."""

    FORM = "form", _("form")
    MAIL = "mail", _("mail address")
    FACEBOOK = "facebook", _("Facebook")
    X = "x", _("X (Twitter)")
    SURVEY = "survey", _("survey")
    ONLINE_SESSION = "online_session", _("online session")
    MEETING = "meeting", _("gathering")
    ORGANISATION = "organisation", _("talk with an organisation")
    DOOR_TO_DOOR = "door_to_door", _("door to door")
    OTHER = "other", pgettext_lazy("channel", "another way")


# Where people see each other; the others are online. A branch may say otherwise of a channel.
FACE_TO_FACE = frozenset(
    {
        ChannelKind.MEETING,
        ChannelKind.ORGANISATION,
        ChannelKind.DOOR_TO_DOOR,
    }
)


class PersonRole(models.TextChoices):
    """As what somebody speaks (R80: the role is asked with each contribution)."""

    RESIDENT = "resident", _("resident")
    MEMBER = "member", _("member of the party")
    ORGANISATION = "organisation", _("for an organisation or club")
    ENTREPRENEUR = "entrepreneur", _("entrepreneur")
    PROFESSIONAL = "professional", _("works here")
    COUNCILLOR = "councillor", _("councillor")
    ALDERMAN = "alderman", _("alderman")
    OTHER = "other", pgettext_lazy("role", "something else")


class Status(models.TextChoices):
    """What is done with a contribution. Nothing is a position before a decision (R92, R93)."""

    NEW = "new", pgettext_lazy("contribution", "not looked at yet")
    CONSIDERED = "considered", pgettext_lazy("contribution", "for consideration")
    ADOPTED = "adopted", pgettext_lazy("contribution", "adopted")
    PARTLY = "partly", pgettext_lazy("contribution", "partly adopted")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("contribution", "not adopted")


# These tell the contributor something that asks for a because.
NEEDS_REASON = (Status.PARTLY, Status.NOT_ADOPTED)
# The committee is through with it.
SETTLED = (Status.ADOPTED, Status.PARTLY, Status.NOT_ADOPTED)


class Held(models.TextChoices):
    """Why the form set something aside; a person looks at it, and it counts for nothing before."""

    NOT_HELD = "", pgettext_lazy("held", "not set aside")
    TRAP = "trap", _("filled in a field that people do not see")
    FAST = "fast", _("came faster than anybody types")
    LINKS = "links", _("is full of links")
    FLOOD = "flood", _("came with many others from one place")


class MailboxSecurity(models.TextChoices):
    """How a mailbox is spoken with; openly is not among these."""

    TLS = "tls", _("safe from the start (port 993)")
    STARTTLS = "starttls", _("turns safe after hello (port 143, STARTTLS)")


class UploadState(models.TextChoices):
    """How far files of mail are."""

    READING = "reading", pgettext_lazy("mails", "being read")
    DONE = "done", pgettext_lazy("mails", "read")


class ListState(models.TextChoices):
    """How far a list is on its way in."""

    PREVIEW = "preview", _("being looked at")
    RUNNING = "running", _("being taken over")
    APPLIED = "applied", _("taken over")
    UNDONE = "undone", _("undone")


class StakeholderKind(models.TextChoices):
    """Whom a branch approaches (R24, R13)."""

    ORGANISATION = "organisation", _("civil-society organisation")
    INTEREST_GROUP = "interest_group", _("interest group")
    COMPANY = "company", _("company")
    PERSON = "person", _("person")


class StakeholderAnswer(models.TextChoices):
    """How far the talk with them is."""

    TO_ASK = "to_ask", _("still to ask")
    ASKED = "asked", _("asked")
    YES = "yes", _("takes part")
    NO = "no", _("does not take part")


class SessionPhase(models.TextChoices):
    """The talk follows from the post-its (R82)."""

    PLANNED = "planned", pgettext_lazy("session", "not begun")
    COLLECT = "collect", pgettext_lazy("session", "collect")
    CLUSTER = "cluster", pgettext_lazy("session", "cluster")
    DISCUSS = "discuss", pgettext_lazy("session", "discuss")
    REPORT = "report", pgettext_lazy("session", "report")
    CLOSED = "closed", pgettext_lazy("session", "closed")


class PointKind(models.TextChoices):
    """What a point is (R88)."""

    INSIGHT = "insight", _("insight")
    REMARK = "remark", _("remark")
    PROPOSAL = "proposal", _("proposal")
    LESSON = "lesson", _("lesson")
    QUESTION = "question", _("open question")


class Support(models.TextChoices):
    """How many of those present were behind a point (R85)."""

    UNKNOWN = "", pgettext_lazy("support", "not said")
    UNANIMOUS = "unanimous", pgettext_lazy("support", "everybody")
    MOST = "most", pgettext_lazy("support", "most")
    SOME = "some", pgettext_lazy("support", "some")
    ONE = "one", pgettext_lazy("support", "one person")
    DIVIDED = "divided", pgettext_lazy("support", "opinions differed")


class Addressee(models.TextChoices):
    """Who must act on a point (R98)."""

    MUNICIPALITY = "municipality", _("the municipality")
    REGION = "region", _("the region")
    PROVINCE = "province", _("the province")
    NATIONAL = "national", _("the national government")
    EUROPE = "europe", _("Europe")
    PARTY = "party", _("the party itself")
    OTHER = "other", pgettext_lazy("addressee", "somebody else")


class LetterKind(models.TextChoices):
    """What a mail to somebody outside tells."""

    RECEIVED = "received", _("we received it")
    ANSWER = "answer", _("what became of it")
    REPORT = "report", _("report of a gathering")


class LetterState(models.TextChoices):
    """What became of such a mail, as the outbox says."""

    WAITING = "waiting", pgettext_lazy("letter", "on its way")
    SENT = "sent", pgettext_lazy("letter", "sent")
    REFUSED = "refused", pgettext_lazy("letter", "address does not work")
    PARKED = "parked", pgettext_lazy("letter", "stuck")
