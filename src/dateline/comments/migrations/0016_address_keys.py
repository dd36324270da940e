from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0015_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressKey',
            fields=[
                ('month', models.CharField(help_text='2026-11', max_length=7, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64)),
            ],
            options={'default_permissions': ()},
        ),
    ]
