"""Why an update is not taken, in one sentence that says what to do."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from core.dates import day_words
from evaluation.rules.telling import Wrong


def sentence_of(wrong: Wrong, *, polling_day: date) -> str:
    """Say what is wrong with an update and what to do.

    Args:
        wrong: what a rule found.
        polling_day: the first day that an update may be about.
    """
    sentences = {
        Wrong.NOT_AGREED: _("The ten were not agreed yet. Updates come after polling day."),
        Wrong.NOT_OF_THE_TEN: _("This proposal was a candidate: it is not one of the ten."),
        Wrong.TOO_EARLY: _("Updates begin on polling day: choose %(day)s or a later day.")
        % {"day": day_words(polling_day)},
        Wrong.FUTURE: _("This day is still to come. Tell of today, or of a day before it."),
        Wrong.SAYS_NOTHING: _("Say in a few sentences what happened."),
        Wrong.NO_REASON: _("Say why: choose a reason, or explain it in a sentence."),
        Wrong.NO_EVIDENCE: _(
            "Show something with it: a link, a council document or a photo. Without that, nobody "
            "can see that it is so."
        ),
    }
    return sentences[wrong]
