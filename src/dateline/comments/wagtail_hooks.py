"""The moderators' queue in the desk's menu and addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import mail_folder, mail_screens, queue
from .roles import PERMISSION


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("comments/", queue.queue, name="comments_queue"),
        path("comments/<int:comment_id>/", queue.decide, name="comments_decide"),
        path("mail/", mail_screens.mail, name="comments_mail"),
    ]


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.has_perm(PERMISSION)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return CommentsMenuItem(_("Comments"), reverse("comments_queue"), name="comments", icon_name="comment", order=250)


class MailMenuItem(MenuItem):
    """While the newsroom has no mail server, for those who may read the folder (mail_screens.py)."""

    def is_shown(self, request: HttpRequest) -> bool:
        return mail_folder.is_used() and mail_screens.may_read(request)


@hooks.register("register_admin_menu_item")
def mail_menu_item() -> MenuItem:
    return MailMenuItem(_("Mail"), reverse("comments_mail"), name="mail", icon_name="mail", order=900)
