from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("process", "0005_meeting_changed_since_invited"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarevent",
            name="seen",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
