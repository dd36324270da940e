from django.db import migrations, models
from django.db.models import Q

from dateline.stories.online import AddIndexOnline, RemoveIndexOnline

STANDS = Q(state="approved") | Q(keeps_place=True)


class Migration(migrations.Migration):
    """What the release before reads in the order of the three that go, it finds in the new ones as well."""

    atomic = False
    dependencies = [("comments", "0017_places_and_marks")]

    operations = [
        AddIndexOnline(
            "comment",
            models.Index(condition=Q(parent=None) & STANDS, fields=["story", "created_at", "id"], name="comment_stands"),
        ),
        AddIndexOnline(
            "comment",
            models.Index(
                condition=Q(parent=None) & STANDS, fields=["story", "valued", "id"], name="comment_stands_valued"
            ),
        ),
        AddIndexOnline(
            "comment", models.Index(condition=STANDS, fields=["parent", "created_at", "id"], name="comment_beneath")
        ),
        AddIndexOnline(
            "reader",
            models.Index(condition=Q(confirmed_at__isnull=False), fields=["looks"], name="reader_looks"),
        ),
        RemoveIndexOnline("comment", "comment_thread"),
        RemoveIndexOnline("comment", "comment_valued"),
        RemoveIndexOnline("comment", "comment_answers"),
    ]
