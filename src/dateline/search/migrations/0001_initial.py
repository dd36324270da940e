from django.db import migrations, models

from dateline.search import schema


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "place",
                    models.BigIntegerField(help_text="Newest last: see `place`.", primary_key=True, serialize=False),
                ),
                ("news_id", models.BigIntegerField(unique=True)),
            ],
            options={"verbose_name_plural": "entries"},
        ),
        migrations.RunPython(schema.install, schema.remove),
    ]
