"""What the pages for phones share: no account, no cookie but our own, kept nowhere.

One cookie, which the pages cannot do without: the sign by which the phone knows its own notes. It
holds nothing of the person, goes with the pages of one code alone and is gone after a week. Other
sites cannot send it along (SameSite), which is what a CSRF token would see to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from consultation.consent import last_day
from consultation.forms.joining import AddressForm, NoteForm
from consultation.models import PostIt, Session
from consultation.queries.joining import Seat, seat_of
from consultation.rules import session_phases as phases
from core import clock
from core.dates import day_words

COOKIE: Final = "deelname"
A_WEEK: Final = 7 * 24 * 60 * 60
NOTHING_NEW: Final = 204
_LONGEST_TOKEN: Final = 100

PhonePage = Callable[..., HttpResponse]


def phone_page(view: PhonePage) -> PhonePage:
    """Make a view a page for phones: no account, kept nowhere, told to no search engine."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return login_not_required(csrf_exempt(inner))


def seat(request: HttpRequest, code: str, *, to_write: bool = False) -> Seat | None:
    """Return who this phone is; None: it did not join here."""
    token = request.COOKIES.get(COOKIE, "")[:_LONGEST_TOKEN]
    return seat_of(token, code=code, to_write=to_write)


def own_note(here: Seat, pk: int) -> PostIt | None:
    """Return a note of this phone's own."""
    rows = here.participant.post_its.filter(pk=pk).select_related("contribution")
    return rows.order_by("pk").first()


def to_code(code: str) -> HttpResponseRedirect:
    """Lead to the page of a code."""
    return HttpResponseRedirect(reverse("consultation:join_code", args=[code]))


def draw(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page without the request: no session, no token, no cookie."""
    content = render_to_string(template, {"help_contact": settings.HELP_CONTACT, **context})
    return HttpResponse(content, status=status)


def about(session: Session) -> dict[str, Any]:
    """Return what every page about a session names."""
    gathering = session.gathering
    return {
        "session": session,
        "gathering": gathering,
        "of": gathering.consultation.branch,
        "form_is_open": gathering.consultation.form_open_since is not None,
    }


def notes_part(here: Seat, form: NoteForm | None = None) -> HttpResponse:
    """Answer htmx with the part of the page that holds the notes."""
    return draw("consultation/_my_notes.html", _notes(here, form))


def taking_part(
    here: Seat,
    *,
    form: NoteForm | None = None,
    address_form: AddressForm | None = None,
    unsent: str = "",
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show who takes part what there is to do now.

    Args:
        here: who, in which session.
        form: a note that was refused.
        address_form: an address that was refused.
        unsent: a note that came too late: shown, so that it can be sent in another way.
        said: what was refused, in a sentence.
        status: of the answer.
    """
    context = {
        **about(here.session),
        **_notes(here, form),
        "participant": here.participant,
        "unsent": unsent,
        "said": said,
        "address_form": address_form or AddressForm(sentence=consent_sentence(here)),
    }
    return draw("consultation/taking_part.html", context, status=status)


def consent_sentence(here: Seat) -> str:
    """Return what somebody agrees with who leaves an address; stored as it was read."""
    consultation = here.session.gathering.consultation
    return _(
        "%(branch)s may keep my name and e-mail address to send me the report of this gathering. "
        "That I was here may show what I think of politics. On %(day)s at the latest they are "
        "deleted."
    ) % {
        "branch": consultation.branch.name,
        "day": day_words(last_day(consultation, today=clock.today())),
    }


def _notes(here: Seat, form: NoteForm | None) -> dict[str, Any]:
    own = list(here.participant.post_its.select_related("contribution").order_by("id"))
    return {
        "code": here.code,
        "session": here.session,
        "own": own,
        "left": max(here.session.notes_each - len(own), 0),
        "form": form or NoteForm(),
        "takes_notes": phases.takes_notes(here.session.phase),
    }
