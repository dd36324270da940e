from django.db import migrations

from dateline.edge import triggers


class Migration(migrations.Migration):
    dependencies = [("edge", "0001_purge"), ("stories", "0002_append_only")]
    operations = [migrations.RunPython(triggers.install, triggers.remove)]
