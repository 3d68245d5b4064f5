"""One's own post-its on a phone, and an address for the report afterwards (R81, R91, R94)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.forms.joining import AddressForm, NoteEditForm, NoteForm
from consultation.queries.joining import Seat
from consultation.services import post_its as services
from consultation.services.participants import leave_address as keep_address
from consultation.services.post_its import PhaseOver
from consultation.views.phone import (
    NOTHING_NEW,
    about,
    consent_sentence,
    draw,
    notes_part,
    own_note,
    phone_page,
    seat,
    taking_part,
    to_code,
)
from core import clock
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused


@require_POST
@phone_page
def post(request: HttpRequest, code: str) -> HttpResponse:
    """Stick a note on the board."""
    here = seat(request, code, to_write=True)
    if here is None:
        return to_code(code)
    form = NoteForm(request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            services.post(
                participant=here.participant,
                text=form.cleaned_data["text"],
                submission=form.cleaned_data["submission"],
                today=clock.today(),
            )
        except PhaseOver as over:
            return _too_late(request, here, form.cleaned_data["text"], over)
        except Refused as refused:
            form.add_error("text", refused.sentence)
            status = CONFLICT
        else:
            return notes_part(here) if _by_htmx(request) else to_code(code)
    if _by_htmx(request):
        return notes_part(here, form)
    return taking_part(here, form=form, status=status)


@require_http_methods(FORM_METHODS)
@phone_page
def note_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change the words on one's own note."""
    here = seat(request, code)
    note = own_note(here, pk) if here else None
    if here is None or note is None:
        return to_code(code)
    form = NoteEditForm(
        request.POST if request.method == "POST" else None,
        initial={"text": note.contribution.text},
    )
    if form.is_valid():
        try:
            services.change(post_it=note, text=form.cleaned_data["text"])
        except PhaseOver as over:
            return _too_late(request, here, form.cleaned_data["text"], over)
        except Refused as refused:
            form.add_error("text", refused.sentence)
        else:
            return to_code(code)
    context = {"form": form, "code": code, **about(here.session)}
    status = UNPROCESSABLE if form.errors else 200
    return draw("consultation/note.html", context, status=status)


@require_POST
@phone_page
def note_withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take one's own note back."""
    here = seat(request, code)
    note = own_note(here, pk) if here else None
    if here is None or note is None:
        return to_code(code)
    try:
        services.withdraw(post_it=note)
    except Refused as refused:
        _look_again(here)
        return taking_part(here, said=refused.sentence, status=CONFLICT)
    return to_code(code)


@require_safe
@phone_page
def stand(request: HttpRequest, code: str) -> HttpResponse:
    """Tell a phone that the session went on, or that nothing changed (204)."""
    here = seat(request, code, to_write=True)
    if here is None:
        return HttpResponse(status=NOTHING_NEW) if _by_htmx(request) else to_code(code)
    if request.GET.get("fase", "") == here.session.phase:
        return HttpResponse(status=NOTHING_NEW)
    context = {"session": here.session, "code": code}
    return draw("consultation/_session_went_on.html", context)


@require_POST
@phone_page
def leave_address(request: HttpRequest, code: str) -> HttpResponse:
    """Keep where the report may be sent."""
    here = seat(request, code)
    if here is None:
        return to_code(code)
    sentence = consent_sentence(here)
    form = AddressForm(request.POST, sentence=sentence)
    if not form.is_valid():
        return taking_part(here, address_form=form, status=UNPROCESSABLE)
    keep_address(
        participant=here.participant,
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        consent=sentence,
        language=(get_language() or "nl")[:2],
        today=clock.today(),
    )
    return to_code(code)


def _too_late(request: HttpRequest, here: Seat, unsent: str, over: PhaseOver) -> HttpResponse:
    """Show the page of the phase that it is now, with what was typed."""
    _look_again(here)
    by_htmx = _by_htmx(request)
    answer = taking_part(
        here, unsent=unsent, said=over.sentence, status=200 if by_htmx else CONFLICT
    )
    if by_htmx:
        answer["HX-Retarget"], answer["HX-Reswap"] = "body", "innerHTML"
    return answer


def _look_again(here: Seat) -> None:
    here.session.refresh_from_db(fields=["phase", "notes_each"])


def _by_htmx(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers
