"""The people of the newsroom at the desk: one role each. Nobody is deleted, since what they wrote keeps their name."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.users import forms as wagtail_forms
from wagtail.users.views.users import EditView, IndexView, UserColumn, UserViewSet

from . import roles

_LABELS = {
    "reporter": _("Reporter: writes and submits"),
    "editor": _("Editor: publishes and corrects"),
    "chief": _("Chief: kills, and manages people"),
    "moderator": _("Moderator: decides about comments"),
}


class PeoplePolicy(ModelPermissionPolicy):
    """Chiefs add and change people, but not the operator's own superusers. Nobody is deleted: switch them off."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: User) -> bool:
        return self.user_has_permission(user, action) and (user.is_superuser or not instance.is_superuser)


class _Role(forms.Form):
    """In place of groups and the superuser's switch, which would let a chief become the operator."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role, _LABELS[role]) for role in roles.ROLES])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("groups", "is_superuser"):
            self.fields.pop(name, None)
        self.order_fields(["username", "first_name", "last_name", "email", "role"])
        self.fields["last_name"].required = False  # many people have one name
        self.initial["role"] = roles.role_of(self.instance) if self.instance.pk else "reporter"  # type: ignore[attr-defined]
        if self.instance.is_superuser:  # type: ignore[attr-defined]
            self.fields["role"].required = False

    def save(self, commit: bool = True) -> User:
        user = super().save(commit)  # type: ignore[misc]
        if self.cleaned_data.get("role"):
            roles.give(user, self.cleaned_data["role"])
        return user


class NewPerson(_Role, wagtail_forms.UserCreationForm):
    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields = ["username", "first_name", "last_name", "email"]


class ChangePerson(_Role, wagtail_forms.UserEditForm):
    class Meta(wagtail_forms.UserEditForm.Meta):
        fields = ["username", "first_name", "last_name", "email", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["role"]  # so that a newsroom cannot lose its last chief by a slip


class OwnName(NameEmailForm):
    """Somebody's own name and address, for who may have one name, or was added without an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


NameEmailSettingsPanel.form_class = OwnName  # where Wagtail's account page looks for it


class PeopleList(IndexView):
    page_title = _("People")
    add_item_label = _("Add a person")
    list_filter = None

    @property
    def columns(self) -> list[Column]:
        return [
            UserColumn("name", accessor=str, label=_("Name"), get_url=self.get_edit_url, classname="name"),
            Column("role", label=_("Role"), accessor=_role),
            BooleanColumn("is_active", label=_("Active")),
            DateColumn("last_login", label=_("Last login")),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("groups")


def _role(user: User) -> str:
    names = {group.name for group in user.groups.all()}
    return next((str(_LABELS[role]) for role, name in roles.ROLES.items() if name in names), "")


class ChangePersonView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_permission_for_instance("change", self.object):
            raise PermissionDenied(_("Superusers are the operator's: see dateline createsuperuser."))
        return super().dispatch(request, *args, **kwargs)


class PeopleScreens(UserViewSet):
    menu_label = _("People")
    menu_order = 350
    add_to_admin_menu = True
    add_to_settings_menu = False
    index_view_class = PeopleList
    edit_view_class = ChangePersonView
    filterset_class = None
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return ChangePerson if for_update else NewPerson


@hooks.register("before_bulk_action")
def no_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    """Wagtail's bulk actions on people know neither roles nor superusers, and those on stories delete."""
    if action.model._meta.label in ("auth.User", "stories.Story"):
        raise PermissionDenied


register_permission_policy(User, PeoplePolicy(User), exact_class=True)  # before the one that Wagtail registers
