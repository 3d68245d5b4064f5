"""The addresses of the overview, themes, channels and organisations."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import channels, overview, stakeholders, themes

_INPUT = "afdeling/<slug:slug>/inbreng"
_THEME = f"{_INPUT}/thema/<int:pk>"
_CHANNEL = f"{_INPUT}/kanaal/<int:pk>"
_STAKEHOLDER = f"{_INPUT}/organisatie/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_INPUT}/", overview.overview, name="overview"),
    path(f"{_INPUT}/beginnen/", overview.start, name="start"),
    path(f"{_INPUT}/sluiten/", channels.close_input, name="close_input"),
    path(f"{_INPUT}/themas-en-kanalen/", channels.channels, name="channels"),
    path(f"{_INPUT}/thema/nieuw/", themes.theme_add, name="theme_add"),
    path(f"{_THEME}/", themes.theme, name="theme"),
    path(f"{_THEME}/wijzigen/", themes.theme_change, name="theme_change"),
    path(f"{_THEME}/sluiten/", themes.theme_close, name="theme_close"),
    path(f"{_THEME}/openen/", themes.theme_reopen, name="theme_reopen"),
    path(f"{_THEME}/plaats/", themes.theme_move, name="theme_move"),
    path(f"{_INPUT}/kanaal/nieuw/", channels.channel_add, name="channel_add"),
    path(f"{_CHANNEL}/", channels.channel, name="channel"),
    path(f"{_CHANNEL}/openen/", channels.channel_open, name="channel_open"),
    path(f"{_CHANNEL}/sluiten/", channels.channel_close, name="channel_close"),
    path(f"{_INPUT}/organisaties/", stakeholders.stakeholders, name="stakeholders"),
    path(f"{_INPUT}/organisatie/nieuw/", stakeholders.stakeholder_add, name="stakeholder_add"),
    path(f"{_STAKEHOLDER}/", stakeholders.stakeholder, name="stakeholder"),
    path(f"{_STAKEHOLDER}/wijzigen/", stakeholders.stakeholder_change, name="stakeholder_change"),
    path(f"{_STAKEHOLDER}/weg/", stakeholders.stakeholder_remove, name="stakeholder_remove"),
    path(
        f"{_STAKEHOLDER}/inbreng/",
        stakeholders.stakeholder_contribution,
        name="stakeholder_contribution",
    ),
]
