import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All of the eighteen before it, for a database that has none of them: they took a third of `dateline init`.

    A database that has some of them goes on with the others; they go with the release after this one.
    """

    replaces = [
        ("comments", "0001_initial"),
        ("comments", "0002_queue_indexes"),
        ("comments", "0003_replies"),
        ("comments", "0004_concerns"),
        ("comments", "0005_moderation"),
        ("comments", "0006_thread"),
        ("comments", "0007_moving"),
        ("comments", "0008_checks"),
        ("comments", "0009_readers"),
        ("comments", "0010_together"),
        ("comments", "0011_mail_about"),
        ("comments", "0012_gone"),
        ("comments", "0013_report_erased"),
        ("comments", "0014_report_indexes"),
        ("comments", "0015_answers"),
        ("comments", "0016_address_keys"),
        ("comments", "0017_places_and_marks"),
        ("comments", "0018_places_indexed"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("stories", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressKey",
            fields=[
                ("month", models.CharField(help_text="2026-11", max_length=7, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.story",
                    ),
                ),
                ("version", models.PositiveIntegerField(help_text="Which the correction made.")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("story", "version"), name="announcement_once")],
            },
        ),
        migrations.CreateModel(
            name="LeftBehind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.TextField()),
                ("position", models.TextField()),
                ("reason", models.TextField()),
                ("raw", models.TextField()),
                ("key", models.CharField(blank=True, db_index=True, max_length=32)),
                ("digest", models.CharField(help_text="Of file, position and key.", max_length=64, unique=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ModeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("in_force", models.BooleanField(default=True)),
                ("place", models.CharField(blank=True, max_length=30)),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open: shown at once, unless a check holds it"),
                            ("first", "Hold first-timers: until something of theirs was approved"),
                            ("all", "Hold all: a moderator reads each before it is shown"),
                            ("closed", "Closed: nobody can comment; what is there stays"),
                        ],
                        help_text="Empty: as above it.",
                        max_length=6,
                        verbose_name="mode",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="From the story's first publication; 0: never; empty: as above.",
                        null=True,
                        verbose_name="closes after days",
                    ),
                ),
            ],
            options={
                "verbose_name": "mode",
                "verbose_name_plural": "modes",
                "abstract": False,
                "default_permissions": (),
                "indexes": [models.Index(fields=["place", "-id"], name="comment_mode_history")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("in_force", True)), fields=("place",), name="comment_one_mode_in_force"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("address", models.CharField(blank=True, max_length=32)),
                ("email", models.CharField(help_text="Never shown.", max_length=254, null=True, unique=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="Of the edition that he gets mail from.", max_length=100),
                ),
                ("confirmed_at", models.DateTimeField(help_text="None: a guest.", null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "generation",
                    models.PositiveIntegerField(default=0, help_text="One more, and he is signed out everywhere."),
                ),
                ("wants_replies", models.BooleanField(default=True, help_text="Mail, when somebody answers him.")),
                ("looks", models.CharField(max_length=80, null=True)),
                ("replies_mailed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("approved", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "reader",
                "verbose_name_plural": "readers",
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False)), fields=["looks"], name="reader_looks"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at", None)), fields=("address", "name"), name="reader_guest_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("email", None)),
                            models.Q(("closed_at__isnull", False), ("email", None)),
                            models.Q(("closed_at", None), ("confirmed_at__isnull", False), ("email__isnull", False)),
                            _connector="OR",
                        ),
                        name="reader_mail_of_the_signed_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("email", models.CharField(max_length=254)),
                ("language", models.CharField(max_length=100)),
                ("address", models.CharField(blank=True, max_length=32)),
                ("created_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["email", "-created_at"], name="sign_in_mailbox"),
                    models.Index(fields=["address", "-created_at"], name="sign_in_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(help_text="story-12, or month-en-2026-11.", max_length=110)),
                ("what", models.CharField(max_length=30)),
                ("part", models.PositiveSmallIntegerField()),
                ("number", models.IntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("scope", "what", "part"), name="tally_once")],
            },
        ),
        migrations.CreateModel(
            name="WithdrawnWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.story",
                    ),
                ),
                ("hash", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("hash", "story"), name="withdrawn_words_once")],
            },
        ),
        migrations.CreateModel(
            name="WordList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("in_force", models.BooleanField(default=True)),
                ("language", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("banned", "Banned: the comment is refused, and its writer is told"),
                            ("suspect", "Suspect: the comment is held for a moderator"),
                        ],
                        max_length=7,
                    ),
                ),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "word list",
                "verbose_name_plural": "word lists",
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("in_force", True)),
                        fields=("language", "kind"),
                        name="comment_one_list_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.story",
                        verbose_name="story",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        help_text="Of the story, as its writer read it.", verbose_name="version"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="comments.comment",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="comments.comment",
                    ),
                ),
                ("depth", models.PositiveIntegerField(default=0)),
                ("place", models.PositiveIntegerField(null=True)),
                ("places", models.PositiveIntegerField(default=0)),
                ("replies", models.PositiveIntegerField(default=0)),
                ("keeps_place", models.BooleanField(db_default=False, default=False)),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="comments.reader",
                        verbose_name="reader",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("text", models.TextField(verbose_name="comment")),
                ("html", models.TextField(blank=True)),
                ("language", models.CharField(help_text="Of the edition in which it was written.", max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "held"), ("approved", "approved"), ("rejected", "rejected")],
                        default="held",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off-topic", "It is not about the story."),
                            ("insult", "It attacks a person."),
                            ("hate", "It incites hatred."),
                            ("false", "It states as fact what is known to be false."),
                            ("private", "It tells what is private to somebody."),
                            ("advertising", "It advertises."),
                            ("illegal", "It is against the law."),
                            ("repeated", "It says again what was said."),
                            ("before", "It was not shown where it came from."),
                            ("deleted", "Its writer deleted it."),
                            ("withdrawn", "Its story was withdrawn."),
                        ],
                        max_length=11,
                        verbose_name="reason",
                    ),
                ),
                ("concerns", models.JSONField(default=list, help_text="What checks.py found, in its order.")),
                ("score", models.PositiveSmallIntegerField(help_text="0 to 100: see checks/score.py.", null=True)),
                ("sketch", models.BinaryField(default=b"", help_text="Of its words: see checks/sketches.py.")),
                (
                    "address",
                    models.CharField(blank=True, help_text="A keyed hash: see threads/addresses.py.", max_length=32),
                ),
                ("submission", models.CharField(help_text="See threads/submissions.py.", max_length=32, unique=True)),
                (
                    "withdrawn",
                    models.JSONField(default=list, help_text="Runs of it that are not shown: see record/quotes.py."),
                ),
                ("created_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("reported_at", models.DateTimeField(null=True)),
                ("appealed_at", models.DateTimeField(null=True)),
                (
                    "decided_times",
                    models.PositiveIntegerField(default=0, help_text="So that nobody decides on what he did not see."),
                ),
                ("signed_in", models.BooleanField(db_default=False, default=False)),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("valued", models.PositiveIntegerField(default=0)),
                ("picked_at", models.DateTimeField(null=True)),
                (
                    "picked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "permissions": [("moderate_comment", "Can moderate comments")],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("parent", None), models.Q(("state", "approved"), ("keeps_place", True), _connector="OR")
                        ),
                        fields=["story", "created_at", "id"],
                        name="comment_stands",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("parent", None), models.Q(("state", "approved"), ("keeps_place", True), _connector="OR")
                        ),
                        fields=["story", "valued", "id"],
                        name="comment_stands_valued",
                    ),
                    models.Index(
                        condition=models.Q(("picked_at__isnull", False), ("state", "approved")),
                        fields=["story", "picked_at", "id"],
                        name="comment_picked",
                    ),
                    models.Index(
                        condition=models.Q(("state", "approved")),
                        fields=["story", "decided_at", "id"],
                        name="comment_since",
                    ),
                    models.Index(fields=["address", "-created_at"], name="comment_address"),
                    models.Index(fields=["story", "-id"], name="comment_newest"),
                    models.Index(fields=["reader", "-created_at", "-id"], name="comment_of_reader"),
                    models.Index(
                        condition=models.Q(("state", "approved"), ("keeps_place", True), _connector="OR"),
                        fields=["parent", "created_at", "id"],
                        name="comment_beneath",
                    ),
                    models.Index(
                        condition=models.Q(("decided_at", None)), fields=["created_at", "id"], name="comment_held"
                    ),
                    models.Index(fields=["state", "decided_at", "id"], name="comment_decided"),
                    models.Index(
                        condition=models.Q(("reported_at__isnull", False)),
                        fields=["reported_at", "id"],
                        name="comment_reported",
                    ),
                    models.Index(
                        condition=models.Q(("appealed_at__isnull", False)),
                        fields=["appealed_at", "id"],
                        name="comment_appealed",
                    ),
                    models.Index(
                        condition=models.Q(("decided_by", None), ("state", "approved")),
                        fields=["decided_at", "id"],
                        name="comment_unread",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("thread", "place"), name="comment_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("depth", 0), ("parent", None), ("thread", None)),
                            models.Q(("depth__gt", 0), ("parent__isnull", False), ("thread__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_reply_in_a_thread",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason__gt", ""), ("state", "rejected")),
                            models.Q(models.Q(("state", "rejected"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="comment_reason_where_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "held")),
                            models.Q(
                                models.Q(("state", "held"), _negated=True),
                                models.Q(("decided_at", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comment_decided_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("picked_at", None), ("picked_by", None)),
                            models.Q(("picked_at__isnull", False), ("picked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_picked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deleted_at", None), models.Q(("name", ""), ("text", "")), _connector="OR"),
                        name="comment_erased",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="comments.reader"
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="comments.comment"
                    ),
                ),
                ("due_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="comments.comment"
                    ),
                ),
                (
                    "was",
                    models.CharField(
                        choices=[("held", "held"), ("approved", "approved"), ("rejected", "rejected")], max_length=8
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "held"), ("approved", "approved"), ("rejected", "rejected")], max_length=8
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off-topic", "It is not about the story."),
                            ("insult", "It attacks a person."),
                            ("hate", "It incites hatred."),
                            ("false", "It states as fact what is known to be false."),
                            ("private", "It tells what is private to somebody."),
                            ("advertising", "It advertises."),
                            ("illegal", "It is against the law."),
                            ("repeated", "It says again what was said."),
                            ("before", "It was not shown where it came from."),
                            ("deleted", "Its writer deleted it."),
                            ("withdrawn", "Its story was withdrawn."),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "was_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off-topic", "It is not about the story."),
                            ("insult", "It attacks a person."),
                            ("hate", "It incites hatred."),
                            ("false", "It states as fact what is known to be false."),
                            ("private", "It tells what is private to somebody."),
                            ("advertising", "It advertises."),
                            ("illegal", "It is against the law."),
                            ("repeated", "It says again what was said."),
                            ("before", "It was not shown where it came from."),
                            ("deleted", "Its writer deleted it."),
                            ("withdrawn", "Its story was withdrawn."),
                        ],
                        max_length=11,
                    ),
                ),
                ("was_at", models.DateTimeField(null=True)),
                (
                    "was_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone",
                        to="comments.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "default_permissions": (),
                "indexes": [models.Index(fields=["by", "-id"], name="decision_by")],
            },
        ),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="comments.comment"
                    ),
                ),
                ("hash", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("hash", "comment"), name="fingerprint_once")],
            },
        ),
        migrations.CreateModel(
            name="FormerWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former", to="comments.comment"
                    ),
                ),
                ("text", models.TextField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="lease",
                        serialize=False,
                        to="comments.comment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("until", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="comments.comment",
                    ),
                ),
                ("voter", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["voter", "-at"], name="vote_often")],
                "constraints": [models.UniqueConstraint(fields=("comment", "voter"), name="vote_once")],
            },
        ),
        migrations.CreateModel(
            name="Ban",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bans",
                        to="comments.reader",
                        verbose_name="reader",
                    ),
                ),
                ("address", models.CharField(blank=True, db_index=True, help_text="A keyed hash.", max_length=32)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bans",
                        to="comments.decision",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("off-topic", "It is not about the story."),
                            ("insult", "It attacks a person."),
                            ("hate", "It incites hatred."),
                            ("false", "It states as fact what is known to be false."),
                            ("private", "It tells what is private to somebody."),
                            ("advertising", "It advertises."),
                            ("illegal", "It is against the law."),
                            ("repeated", "It says again what was said."),
                            ("before", "It was not shown where it came from."),
                            ("deleted", "Its writer deleted it."),
                            ("withdrawn", "Its story was withdrawn."),
                        ],
                        max_length=11,
                        verbose_name="reason",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="since")),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="lifted")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ban",
                "verbose_name_plural": "bans",
                "default_permissions": (),
                "indexes": [
                    models.Index(condition=models.Q(("lifted_at", None)), fields=["at", "id"], name="ban_standing")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.CharField(max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("headers", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("due_at", models.DateTimeField(db_index=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="comments.decision",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("off-topic", "It is not about the story."),
                            ("insult", "It attacks a person."),
                            ("hate", "It incites hatred."),
                            ("false", "It states as fact what is known to be false."),
                            ("private", "It tells what is private to somebody."),
                            ("advertising", "It advertises."),
                            ("illegal", "It is against the law."),
                            ("repeated", "It says again what was said."),
                            ("before", "It was not shown where it came from."),
                            ("deleted", "Its writer deleted it."),
                            ("withdrawn", "Its story was withdrawn."),
                        ],
                        max_length=11,
                        verbose_name="reason",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="explanation")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "mail",
                    models.EmailField(
                        blank=True,
                        help_text="For the answer. Shown nowhere.",
                        max_length=254,
                        verbose_name="mail address",
                    ),
                ),
                (
                    "nameless",
                    models.BooleanField(
                        default=False, help_text="Offences of Articles 3 to 7 of Directive 2011/93/EU."
                    ),
                ),
                ("good_faith", models.BooleanField(default=False)),
                ("language", models.CharField(help_text="Of the edition in which it was sent.", max_length=100)),
                (
                    "address",
                    models.CharField(blank=True, help_text="A keyed hash: see threads/addresses.py.", max_length=32),
                ),
                ("submission", models.CharField(help_text="See threads/submissions.py.", max_length=32, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "answer",
                    models.ForeignKey(
                        help_text="What was decided on it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="comments.decision",
                    ),
                ),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deleted", "The comment is not there any more: its writer deleted it."),
                            ("withdrawn", "The comment is not there any more: its story was withdrawn."),
                        ],
                        db_default="",
                        default="",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "erased_at",
                    models.DateTimeField(
                        help_text="Since then nobody knows who sent it: see forgetting.py.", null=True
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "default_permissions": (),
                "indexes": [
                    models.Index(condition=models.Q(("answer", None)), fields=["comment"], name="report_open"),
                    models.Index(fields=["address", "-created_at"], name="report_address"),
                    models.Index(fields=["mail", "-created_at"], name="report_mailbox"),
                    models.Index(condition=models.Q(("erased_at", None)), fields=["created_at"], name="report_kept"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "illegal"), _negated=True),
                            ("erased_at__isnull", False),
                            models.Q(("good_faith", True), ("nameless", True), ("words__gt", "")),
                            models.Q(("good_faith", True), ("mail__gt", ""), ("name__gt", ""), ("words__gt", "")),
                            _connector="OR",
                        ),
                        name="report_notice_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(choices=[("writer", "the writer"), ("reporter", "who reported it")], max_length=8),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="comments.comment"
                    ),
                ),
                (
                    "against",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="comments.decision",
                    ),
                ),
                (
                    "ban",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="comments.ban",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="comments.report",
                    ),
                ),
                ("words", models.TextField(verbose_name="explanation")),
                ("created_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "The decision stands."),
                            ("reversed", "The decision was reversed."),
                            ("moot", "The comment is not there any more: there is nothing left to decide."),
                        ],
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="comments.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("report", None)), fields=("against",), name="appeal_once_by_writer"
                    ),
                    models.UniqueConstraint(fields=("against", "report"), name="appeal_once_a_report"),
                    models.UniqueConstraint(fields=("ban",), name="appeal_once_a_ban"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("against", None), ("ban__isnull", False)),
                            models.Q(("against__isnull", False), ("ban", None)),
                            _connector="OR",
                        ),
                        name="appeal_against_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statement", to="comments.decision"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[("law", "It is against the law."), ("rules", "It breaks the rules of this site.")],
                        max_length=5,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="The facts, or the law, in the moderator's words.")),
                (
                    "notice",
                    models.ForeignKey(
                        help_text="What it followed; none: we looked ourselves.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="comments.report",
                    ),
                ),
                ("found_by_program", models.BooleanField(help_text="A check pointed to it. No program decides.")),
            ],
            options={
                "verbose_name": "statement of reasons",
                "verbose_name_plural": "statements of reasons",
                "default_permissions": (),
            },
        ),
    ]
