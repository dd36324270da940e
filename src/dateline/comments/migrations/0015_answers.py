import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0014_report_indexes'),
    ]

    operations = [
        migrations.AddField('reader', 'replies_mailed_at', models.DateTimeField(null=True)),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_index=True)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='comments.reader')),
                ('reply', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='comments.comment')),
            ],
            options={'default_permissions': ()},
        ),
    ]
