"""What a branch is missing, said as advice: what to do, not what went wrong."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultation.rules.missing import Finding, Missing

_ADVICE: Mapping[Missing, Promise] = {
    Missing.NOTHING_YET: _(
        "Nothing has come in yet. Open the form, and tell three people about it today."
    ),
    Missing.PHYSICAL: _(
        "People can only take part online. Plan an evening in the community centre or the sports "
        "canteen, or go to the market: there you meet others."
    ),
    Missing.DIGITAL: _(
        "People can only take part face to face. Open the form: it takes a minute, and people can "
        "do it on the couch."
    ),
    Missing.NON_MEMBERS: _(
        "You hear members above all. Ask people outside the party: at the school gate, in the "
        "neighbourhood app, through a club."
    ),
    Missing.MEMBERS: _(
        "You hear few members of the party. Put the form in your newsletter to them."
    ),
    Missing.THEME: _(
        "Nobody said anything about “%(name)s” yet. Ask somebody who lives or works with it."
    ),
    Missing.ONE_CHANNEL: _(
        "Nearly everything comes through “%(name)s”. Another way brings you other people."
    ),
    Missing.ORGANISATIONS: _(
        "No organisation or club has spoken yet. Call one today: they know what goes on."
    ),
    Missing.ENTREPRENEURS: _("No entrepreneur has spoken yet. Walk into a shop and ask."),
    Missing.ROLES_UNKNOWN: _(
        "Of more than half you do not know as what somebody speaks. Ask for it when you type "
        "something in."
    ),
    Missing.QUIET: _(
        "Nothing has come in for two weeks. Show what you heard so far: that brings the next."
    ),
}


def advice(finding: Finding) -> str:
    """Return what to do about it, in a sentence or two."""
    return str(_ADVICE[finding.what]) % {"name": finding.name}
