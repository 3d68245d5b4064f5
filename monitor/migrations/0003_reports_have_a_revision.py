"""Two colleagues who write the remark with a report see each other's text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0002_activity_changed_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="monthlyreport",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
