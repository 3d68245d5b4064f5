"""The day since when a question waits for an answer. No page made questions before this."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the day, and hold that what waits has one."""

    dependencies = [
        ("monitor", "0003_reports_have_a_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="helprequest",
            name="waiting_since",
            field=models.DateField(blank=True, null=True),
        ),
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
