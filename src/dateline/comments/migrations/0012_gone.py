from django.db import migrations, models

REASONS = [('off-topic', 'It is not about the story.'), ('insult', 'It attacks a person.'), ('hate', 'It incites hatred.'), ('false', 'It states as fact what is known to be false.'), ('private', 'It tells what is private to somebody.'), ('advertising', 'It advertises.'), ('illegal', 'It is against the law.'), ('repeated', 'It says again what was said.'), ('before', 'It was not shown where it came from.'), ('deleted', 'Its writer deleted it.'), ('withdrawn', 'Its story was withdrawn.')]
OUTCOMES = [('upheld', 'The decision stands.'), ('reversed', 'The decision was reversed.'), ('moot', 'The comment is not there any more: there is nothing left to decide.')]
GONE = [('deleted', 'The comment is not there any more: its writer deleted it.'), ('withdrawn', 'The comment is not there any more: its story was withdrawn.')]


class Migration(migrations.Migration):

    online = "The fields that are altered get another choice, which no database knows of."
    dependencies = [
        ('comments', '0011_mail_about'),
    ]

    operations = [
        migrations.AddField('report', 'ended', models.CharField(blank=True, choices=GONE, db_default='', default='', max_length=9)),
        migrations.AddField('report', 'ended_at', models.DateTimeField(null=True)),
        migrations.AlterField('appeal', 'outcome', models.CharField(blank=True, choices=OUTCOMES, max_length=8)),
        migrations.AlterField('ban', 'reason', models.CharField(choices=REASONS, max_length=11, verbose_name='reason')),
        migrations.AlterField('comment', 'reason', models.CharField(blank=True, choices=REASONS, max_length=11, verbose_name='reason')),
        migrations.AlterField('decision', 'reason', models.CharField(blank=True, choices=REASONS, max_length=11)),
        migrations.AlterField('decision', 'was_reason', models.CharField(blank=True, choices=REASONS, max_length=11)),
        migrations.AlterField('report', 'reason', models.CharField(choices=REASONS, max_length=11, verbose_name='reason')),
    ]
