import secrets
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.users.models import UserProfile

from dateline.desk import roles


class Command(BaseCommand):
    help = "Add people to the newsroom, list them, change what they may do, and let them go."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="add | list | role | off")
        add = deeds.add_parser("add", help="add somebody, and print a password unless one is given")
        add.add_argument("name", metavar="NAME", help="what they log in with")
        add.add_argument("--role", choices=list(roles.ROLES), required=True, help="what they may do")
        add.add_argument("--email", default="", help="where a forgotten password is sent")
        add.add_argument("--language", choices=settings.EDITIONS, default="", help="the desk's language for them")
        add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        deeds.add_parser("list", help="everybody, their roles, and when they were last here")
        role = deeds.add_parser("role", help="give somebody another role")
        role.add_argument("name", metavar="NAME")
        role.add_argument("role", choices=list(roles.ROLES), metavar="ROLE", help=", ".join(roles.ROLES))
        off = deeds.add_parser("off", help="let somebody in no more; what they wrote keeps their name")
        off.add_argument("name", metavar="NAME")

    def handle(self, *, deed: str, **options: Any) -> None:
        getattr(self, f"_{deed}")(**options)

    @transaction.atomic
    def _add(self, *, name: str, role: str, email: str, language: str, password_stdin: bool, **options: Any) -> None:
        if User.objects.filter(username=name).exists():
            raise CommandError(f"There is a '{name}' already. To change the role: dateline user role {name} {role}")
        user = User(username=name, email=email)
        password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(12)
        try:
            user.set_password(password)
            user.full_clean()
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user.save()
        roles.give(user, role)
        UserProfile.objects.create(user=user, preferred_language=language)
        self.stdout.write(f"{name} has the role {role}, and logs in at /desk/.")
        if not password_stdin:
            self.stdout.write(f"Password, shown this once: {password}")

    def _list(self, **options: Any) -> None:
        for user in User.objects.order_by("username"):
            role = roles.role_of(user) or ("superuser" if user.is_superuser else "-")
            state = "" if user.is_active else "off"
            seen = f"{user.last_login:%Y-%m-%d}" if user.last_login else "never here"
            self.stdout.write(f"{user.username:<20} {role:<11} {seen:<10} {state}".rstrip())

    @transaction.atomic
    def _role(self, *, name: str, role: str, **options: Any) -> None:
        roles.give(_find(name), role)
        self.stdout.write(f"{name} has the role {role} now.")

    def _off(self, *, name: str, **options: Any) -> None:
        user = _find(name)
        user.is_active = False
        user.save(update_fields=["is_active"])  # ends their sessions too: a session is asked for an active user
        self.stdout.write(f"{name} can log in no more.")


def _find(name: str) -> User:
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody called '{name}'. See: dateline user list") from None
