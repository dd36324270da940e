"""The moderators' queue in the desk's menu and addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .mail import folder as mail_folder
from .mail import screens as mail_screens
from .moderation import ban_screens, mode_screens, queue, reading, waiting, word_screens
from .record import announcements
from .roles import PERMISSION
from .threads import at_the_desk as desk


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("comments/", queue.queue, name="comments_queue"),
        path("comments/corrections/", announcements.corrections, name="comments_corrections"),
        path("comments/corrections/<int:news_id>/<int:version>/", announcements.decide, name="comments_announce"),
        path("comments/<int:comment_id>/", queue.decide, name="comments_decide"),
        path("comments/<int:comment_id>/skip/", reading.skip, name="comments_skip"),
        path("comments/many/", queue.many, name="comments_many"),
        path("comments/undo/", queue.undo, name="comments_undo"),
        path("comments/read/", reading.read, name="comments_read"),
        path("comments/read/more/", reading.batch, name="comments_batch"),
        path("comments/read/renew/", reading.renew, name="comments_renew"),
        path("comments/bans/", ban_screens.standing, name="comments_bans"),
        path("comments/bans/<int:ban_id>/", ban_screens.answer, name="comments_ban"),
        path("comments/<int:comment_id>/pick/", desk.pick, name="comments_pick"),
        path("comments/on/<int:news_id>/", desk.thread, name="comments_on"),
        path("comments/settings/", mode_screens.site, name="comments_settings"),
        path("comments/words/", word_screens.words, name="comments_words"),
        path("comments/settings/<int:news_id>/", mode_screens.story, name="comments_story_settings"),
        path("mail/", mail_screens.mail, name="comments_mail"),
    ]


@hooks.register("construct_homepage_panels", order=100)  # after the desk has said what else stands there
def waiting_panel(request: HttpRequest, panels: list) -> None:
    user: Any = request.user
    if user.has_perm(PERMISSION):
        panels.append(waiting.Waiting())


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.has_perm(PERMISSION)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return CommentsMenuItem(_("Comments"), reverse("comments_queue"), name="comments", icon_name="comment", order=250)


@hooks.register("register_admin_menu_item")
def corrections_menu_item() -> MenuItem:
    address = reverse("comments_corrections")
    return CommentsMenuItem(
        _("Corrections in threads"), address, name="comments-corrections", icon_name="comment", order=251
    )


class MailMenuItem(MenuItem):
    """While the newsroom has no mail server, for those who may read the folder (mail/screens.py)."""

    def is_shown(self, request: HttpRequest) -> bool:
        return mail_folder.is_used() and mail_screens.may_read(request)


@hooks.register("register_admin_menu_item")
def mail_menu_item() -> MenuItem:
    return MailMenuItem(_("Mail"), reverse("comments_mail"), name="mail", icon_name="mail", order=900)
