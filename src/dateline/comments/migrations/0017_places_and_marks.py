from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0016_address_keys")]

    operations = [
        migrations.AddField("comment", "keeps_place", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("comment", "signed_in", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("reader", "looks", models.CharField(max_length=80, null=True)),
    ]
