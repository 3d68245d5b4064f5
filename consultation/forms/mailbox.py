"""The mailbox for input, and files of mail."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultation.enums import MailboxSecurity
from consultation.models import Mailbox
from consultation.rules.mail_servers import guess
from consultation.services.mail_uploads import LARGEST_FILE
from consultation.services.mailboxes import Description
from core.dates import day_words
from core.text import AddressField, CleanCharField

PORTS: Final = {MailboxSecurity.TLS: 993, MailboxSecurity.STARTTLS: 143}
ALL, NEW = "all", "new"
_HOST: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
MOST_FILES: Final = 5


class MailboxForm(forms.Form):
    """Where the mailbox is; the password is asked for and never shown."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    address = AddressField(
        label=_("Mail address for input"),
        help_text=_("To which people write. A separate address works best."),
    )
    password = CleanCharField(
        label=_("Password"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    which = forms.ChoiceField(
        label=_("Which mails do we read?"), widget=forms.RadioSelect, initial=NEW
    )
    mark_seen = forms.BooleanField(
        label=_("Mark what we read as read in the mailbox"), required=False
    )
    host = CleanCharField(
        label=_("IMAP server"),
        required=False,
        max_length=253,
        help_text=_("Left empty, we guess it from the address: imap.… of your provider."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    security = forms.ChoiceField(
        label=_("Safe connection"), choices=MailboxSecurity.choices, widget=forms.RadioSelect
    )
    username = CleanCharField(
        label=_("User name"),
        required=False,
        max_length=254,
        help_text=_("Left empty, it is the mail address."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    folder = CleanCharField(
        label=_("Folder"),
        required=False,
        max_length=120,
        help_text=_("Left empty, it is INBOX. Do you sort mail into a folder? Name it here."),
    )

    def __init__(self, *args: Any, mailbox: Mailbox | None, today: date, **kwargs: Any) -> None:
        """Fill in what is there.

        Args:
            args: as for every form.
            mailbox: the one that is there.
            today: the day, from which a new one is read.
            kwargs: as for every form.
        """
        kwargs["initial"] = _initial(mailbox)
        super().__init__(*args, **kwargs)
        self.since = mailbox.since if mailbox and mailbox.since else today
        new = (
            _("Only what came in since %(day)s") if mailbox else _("Only what comes in from today")
        )
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            (NEW, new % {"day": day_words(self.since)} if mailbox else new),
            (ALL, _("All mails in this folder, also those of before")),
        ]
        if mailbox and mailbox.secret:
            self.fields["password"].help_text = _("Left empty, it stays the one that we have.")
        else:
            self.fields["password"].help_text = _(
                "Often an app password, which you make with your provider for this program alone. "
                "We keep it encrypted and never show it."
            )

    @property
    def more(self) -> list[forms.BoundField]:
        """Return what most people can leave as it is."""
        return [self[name] for name in ("host", "security", "username", "folder")]

    @property
    def more_is_wrong(self) -> bool:
        """Tell whether something is the matter with one of these."""
        return any(field.errors for field in self.more)

    def clean_host(self) -> str:
        """Take a name as people paste it, or guess it."""
        name = str(self.cleaned_data["host"]).lower().rstrip("./")
        name = re.sub(r"^[a-z]+://", "", name)
        if not name:
            return guess(self.cleaned_data.get("address", ""))
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            name = ""
        if not _HOST.fullmatch(name):
            raise ValidationError(_("This is not the name of a server, such as imap.provider.nl."))
        return name

    @property
    def description(self) -> Description:
        """Return what a valid form says."""
        data = self.cleaned_data
        return Description(
            address=data["address"],
            host=data["host"],
            port=PORTS[MailboxSecurity(data["security"])],
            security=data["security"],
            username=data["username"] or data["address"],
            folder=data["folder"] or "INBOX",
            since=self.since if data["which"] == NEW else None,
            mark_seen=data["mark_seen"],
        )


def _initial(mailbox: Mailbox | None) -> dict[str, object]:
    if mailbox is None:
        return {"revision": 0, "security": MailboxSecurity.TLS.value, "which": NEW}
    names = ("revision", "address", "host", "security", "username", "folder", "mark_seen")
    return {
        **{name: getattr(mailbox, name) for name in names},
        "which": NEW if mailbox.since else ALL,
    }


class ManyFilesInput(forms.ClearableFileInput):
    """Lets people choose several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; its cleaned value is a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Look at each file that was sent."""
        sent = data if isinstance(data, list | tuple) else [data]
        files = [super(ManyFilesField, self).clean(one, initial) for one in sent]
        if len(files) > MOST_FILES:
            raise ValidationError(_now("At most %(most)s files at once.") % {"most": MOST_FILES})
        if any(one.size > LARGEST_FILE for one in files):
            raise ValidationError(_now("A file is larger than 50 MB. Export fewer mails at once."))
        return files


class MailFilesForm(forms.Form):
    """Files of mail."""

    mails = ManyFilesField(
        label=_("Your files"),
        help_text=_(".eml (one mail) or .mbox (many), at most five files of 50 MB."),
        widget=ManyFilesInput(attrs={"accept": ".eml,.mbox,.mbx,message/rfc822,application/mbox"}),
        error_messages={
            "required": _("Choose at least one file first."),
            "empty": _("This file is empty. Choose it again."),
        },
    )
