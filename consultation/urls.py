"""The addresses of this room: under a branch, for participants, and for everybody."""

from __future__ import annotations

from consultation.urls_desk import urlpatterns as desk
from consultation.urls_gatherings import urlpatterns as gatherings
from consultation.urls_intake import urlpatterns as intake
from consultation.urls_item import urlpatterns as item
from consultation.urls_lists import urlpatterns as lists
from consultation.urls_participation import urlpatterns as participation
from consultation.urls_people import urlpatterns as people
from consultation.urls_public import urlpatterns as public
from consultation.urls_setup import urlpatterns as setup

app_name = "consultation"
urlpatterns = [*setup, *intake, *lists, *gatherings, *participation, *people, *desk, *item, *public]
