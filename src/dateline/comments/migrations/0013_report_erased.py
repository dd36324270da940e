from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0012_gone'),
    ]

    operations = [
        migrations.AddField('report', 'erased_at', models.DateTimeField(help_text='Since then nobody knows who sent it: see forgetting.py.', null=True)),
        migrations.RemoveConstraint('report', 'report_notice_is_whole'),
        migrations.AddConstraint(
            'report',
            models.CheckConstraint(
                condition=~Q(reason='illegal')
                | Q(erased_at__isnull=False)
                | Q(nameless=True, good_faith=True, words__gt='')
                | Q(good_faith=True, words__gt='', name__gt='', mail__gt=''),
                name='report_notice_is_whole',
            ),
        ),
    ]
