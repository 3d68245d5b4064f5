"""The addresses of the national office, under ``landelijk/``."""

from __future__ import annotations

from django.urls import path

from monitor import (
    urls_base,
    urls_calls,
    urls_figures,
    urls_help,
    urls_matrix,
    urls_merger,
    urls_together,
)
from monitor.views import (
    elections,
    national,
    officers,
    operations,
    overrides,
    roll_outs,
    template,
    top_tens,
)

app_name = "monitor"

urlpatterns = [
    path("", national.national, name="national"),
    path("verkiezingen/", elections.elections, name="elections"),
    path("verkiezingen/nieuw/", elections.election_new, name="election_new"),
    path("verkiezingen/<slug:slug>/", elections.election, name="election"),
    path("verkiezingen/<slug:slug>/stemdag/", roll_outs.polling_day, name="polling_day"),
    path("verkiezingen/<slug:slug>/starten/", roll_outs.preview, name="roll_out_preview"),
    path(
        "verkiezingen/<slug:slug>/bijwerken/",
        roll_outs.template_roll_out,
        name="template_roll_out",
    ),
    path(
        "verkiezingen/<slug:slug>/uitzonderingen/nieuw/",
        overrides.override_new,
        name="override_new",
    ),
    path(
        "verkiezingen/<slug:slug>/uitzonderingen/<int:pk>/intrekken/",
        overrides.override_withdraw,
        name="override_withdraw",
    ),
    path("uitrol/<int:pk>/", roll_outs.roll_out, name="roll_out"),
    path("uitrol/<int:pk>/opnieuw/", roll_outs.roll_out_retry, name="roll_out_retry"),
    path("sjabloon/", template.template, name="template"),
    path("sjabloon/concept/", template.template_draft, name="template_draft"),
    path(
        "sjabloon/concept/mijlpaal/<slug:key>/",
        template.template_milestone,
        name="template_milestone",
    ),
    path(
        "sjabloon/concept/mijlpaal/<slug:key>/onderdeel/",
        template.template_part_add,
        name="template_part_add",
    ),
    path(
        "sjabloon/concept/mijlpaal/<slug:key>/onderdeel/<slug:part_key>/weg/",
        template.template_part_remove,
        name="template_part_remove",
    ),
    path("sjabloon/concept/gevolgen/", template.template_effects, name="template_effects"),
    path("sjabloon/concept/publiceren/", template.template_publish, name="template_publish"),
    path("top-tien/", top_tens.top_tens, name="top_tens"),
    path("top-tien/voorstellen/", top_tens.pledges, name="pledges"),
    path("medewerkers/", officers.officers, name="officers"),
    path("medewerkers/<int:pk>/beeindigen/", officers.officer_end, name="officer_end"),
    path("beheer/", operations.operations, name="operations"),
    path("beheer/opnieuw/", operations.retry_parked, name="retry_parked"),
    path("beheer/werk/<int:pk>/opnieuw/", operations.job_retry, name="job_retry"),
    path("beheer/mail/<int:pk>/opnieuw/", operations.delivery_retry, name="delivery_retry"),
    *urls_calls.urlpatterns,
    *urls_help.urlpatterns,
    *urls_matrix.urlpatterns,
    *urls_merger.urlpatterns,
    *urls_figures.urlpatterns,
    *urls_together.urlpatterns,
    *urls_base.urlpatterns,
]
