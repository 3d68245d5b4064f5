"""The front door: home, language, signing in and out. Names without a namespace: allauth's own.

allauth's list of addresses is not included whole: it has pages for passwords, sign-up and changing
addresses, which do not exist here.
"""

from __future__ import annotations

from allauth.account.views import account_inactive
from django.urls import include, path

from branches.views import home, second_step, sign_in

urlpatterns = [
    path("", home.home, name="home"),
    path("taal/", home.set_language, name="set_language"),
    path("aanmelden/", sign_in.ask_code, name="account_login"),
    # allauth knows this page by a second name.
    path("aanmelden/", sign_in.ask_code, name="account_request_login_code"),
    path("aanmelden/code/", sign_in.enter_code, name="account_confirm_login_code"),
    path("aanmelden/nieuw/", sign_in.no_account, name="account_signup"),
    path("aanmelden/gesloten/", account_inactive, name="account_inactive"),
    path("afmelden/", sign_in.sign_out, name="account_logout"),
    path(
        "ik/sleutels/webauthn/keys/<int:pk>/remove/",
        second_step.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("ik/sleutels/", include("allauth.mfa.urls")),
]
