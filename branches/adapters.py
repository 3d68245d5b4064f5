"""How sign-in behaves here: by code or passkey, accounts from invitations only, our own mails."""

from __future__ import annotations

import logging
from typing import Any, ClassVar, cast

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from branches.models import NationalOfficer, User
from branches.services import addresses
from core import clock, mail

log = logging.getLogger(__name__)

# Which of our mails stands for which of allauth's; whatever is not here is not sent.
MAILS = {
    "account/email/login_code": "login_code",
    "account/email/unknown_account": "unknown_account",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up: nobody makes an account without having been invited."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _(
            "That is not the code from the newest mail. Look again; you have three attempts."
        ),
        "too_many_login_attempts": _("That was too often. Wait a minute and ask for a new code."),
        "rate_limited": _("That was too often. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no, always."""
        del request
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send our own mail; a mail server that is down gives a calm page, for every address."""
        name = MAILS.get(template_prefix)
        if name is None:
            log.warning("no mail for %s", template_prefix)
            return
        try:
            mail.send(
                name=name,
                to=email,
                language=translation.get_language() or settings.LANGUAGE_CODE,
                key=f"{name}.{timezone.now():%Y%m%d%H%M%S}.{get_random_string(12)}",
                context={"code": context.get("code", "")},
            )
        except Exception as error:  # a provider's trouble is of no one kind
            log.exception("the mail server cannot be reached")
            page = render(self.request, "account/mail_down.html", status=503)
            raise ImmediateHttpResponse(page) from error

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Offer the passkey first to who has one: it is quicker than any code."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: "webauthn" not in method["id"])

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Go on in the language that the person chose before."""
        if any(way.get("method") == "code" for way in get_authentication_records(request, user)):
            # The code was read, so mail arrives.
            addresses.clear(user=user, today=clock.today())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
        return response


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and codes from an app."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code or key was not accepted. Try once more."),
        "cannot_delete_authenticator": _(
            "The national office always signs in with a second step. "
            "Add another one first; then this one can go."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the picture on white: on a dark page allauth's own has no ground to stand out."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        return cast("str", image.to_string(encoding="unicode"))

    def _get_site_name(self) -> str:
        """Return the name that a phone shows with the passkey."""
        return "Rode Draad"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second step of somebody of the national office."""
        officer = NationalOfficer.objects.active(today=clock.today())
        if not officer.filter(user=authenticator.user).exists():
            return True
        others = Authenticator.objects.filter(
            user=authenticator.user,
            type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN],
        ).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def generate_authenticator_name(
        self,
        user: User,
        type: Authenticator.Type,  # noqa: A002 - allauth's name
    ) -> str:
        """Return a name to start from."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}
