from django.db import migrations

from dateline.stories import triggers


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]
    operations = [migrations.RunPython(triggers.install, triggers.remove)]
