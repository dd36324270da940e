import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0010_together'),
    ]

    operations = [
        migrations.AddField(
            model_name='mail',
            name='about',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='comments.decision'),
        ),
    ]
