"""The addresses of the top ten: choosing, agreeing, and the members' preference."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import agreeing, candidates, choosing, overview, preference, preferring

_BRANCH = "afdeling/<slug:slug>/top-tien"
_TEN = f"{_BRANCH}/<int:pk>"
_PLEDGE = f"{_BRANCH}/voorstel/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_BRANCH}/", overview.ten, name="ten"),
    path(f"{_BRANCH}/beginnen/", overview.ten_start, name="ten_start"),
    path(f"{_TEN}/kiezen/", choosing.ten_choosing, name="ten_choosing"),
    path(f"{_TEN}/kandidaat/", choosing.candidate_add, name="candidate_add"),
    path(f"{_TEN}/volgorde/", choosing.ten_rank, name="ten_rank"),
    path(f"{_PLEDGE}/van-de-lijst/", choosing.candidate_remove, name="candidate_remove"),
    path(f"{_PLEDGE}/uitwerken/", candidates.candidate, name="candidate"),
    path(f"{_PLEDGE}/tekst/", candidates.pledge_refresh_text, name="pledge_refresh_text"),
    path(f"{_TEN}/trekkers/", agreeing.ten_owners, name="ten_owners"),
    path(f"{_TEN}/afspreken/", agreeing.ten_agree, name="ten_agree"),
    path(f"{_TEN}/heropenen/", agreeing.ten_reopen, name="ten_reopen"),
    path(f"{_TEN}/voorkeur/", preference.ten_preference, name="ten_preference"),
    path(f"{_TEN}/voorkeur/sluiten/", preference.preference_close, name="preference_close"),
    path(f"{_TEN}/voorkeur/nieuw/", preference.preference_renew, name="preference_renew"),
    path("tien/voorkeur/<str:key>/", preferring.preference, name="preference"),
]
