"""The addresses of this room: under a branch, and the public pages."""

from __future__ import annotations

from evaluation.urls_desk import urlpatterns as desk
from evaluation.urls_result import urlpatterns as result
from evaluation.urls_sheets import urlpatterns as sheets
from evaluation.urls_ten_choosing import urlpatterns as ten_choosing
from evaluation.urls_ten_desk import urlpatterns as ten_desk
from evaluation.urls_ten_following import urlpatterns as ten_following
from evaluation.urls_ten_others import urlpatterns as ten_others
from evaluation.urls_ten_paper import urlpatterns as ten_paper
from evaluation.urls_ten_people import urlpatterns as ten_people
from evaluation.urls_ten_pledge import urlpatterns as ten_pledge
from evaluation.urls_ten_public import urlpatterns as ten_public

app_name = "evaluation"
urlpatterns = [
    *desk,
    *result,
    *sheets,
    *ten_choosing,
    *ten_paper,
    *ten_desk,
    *ten_pledge,
    *ten_people,
    *ten_public,
    *ten_following,
    *ten_others,
]
