"""The addresses of the demonstration; ``config.urls`` includes them when ``DEMO`` is on."""

from __future__ import annotations

from django.urls import path

from demo.views import clock, mailbox, personas

app_name = "demo"
urlpatterns = [
    path("demo/", personas.personas, name="personas"),
    path("demo/als/<slug:key>/", personas.step_in, name="step_in"),
    path("demo/klok/", clock.move, name="clock"),
    path("demo/post/", mailbox.mailbox, name="mailbox"),
    path("demo/post/<int:pk>/", mailbox.mail, name="mail"),
    path("demo/post/<int:pk>/html/", mailbox.mail_html, name="mail_html"),
    path("demo/post/<int:pk>/bestand/<int:number>/", mailbox.mail_file, name="mail_file"),
]
