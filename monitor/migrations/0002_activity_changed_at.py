from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0001_helping_and_overview"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="changed_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
    ]
