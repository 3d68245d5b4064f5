"""The day since when a question waits for an answer."""

from django.db import migrations, models
from django.db.models import F


def _fill(apps, schema_editor):
    """Questions that wait did so since they were asked."""
    requests = apps.get_model("monitor", "HelpRequest")
    requests.objects.filter(state="waiting").update(waiting_since=F("asked_on"))


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0003_reports_have_a_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="helprequest",
            name="waiting_since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), ("waiting_since__isnull", False)),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True), ("waiting_since", None)
                    ),
                    _connector="OR",
                ),
                name="waiting_help_has_a_day",
            ),
        ),
    ]
