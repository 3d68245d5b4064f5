from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("process", "0006_calendar_event_seen"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarevent",
            name="mark",
            field=models.BigIntegerField(default=0),
        ),
    ]
