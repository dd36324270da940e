"""Pictures at the desk: what was shown with a story is neither deleted nor exchanged under the same name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.images.forms import BaseImageForm
from wagtail.images.views.images import DeleteView
from wagtail.models import ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from dateline.stories import pictures
from dateline.stories.models import Picture


def is_kept(picture: Picture) -> bool:
    """Whether a story uses the picture, or a version that went out may show it. Two questions that indexes answer."""
    return pictures.was_shown(picture) or ReferenceIndex.get_references_to(picture).exists()


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's, by collection and owner; but what is kept is nobody's to delete."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Picture) -> bool:
        if action == "delete" and is_kept(instance):
            return False
        return super().user_has_permission_for_instance(user, action, instance)


class PictureForm(BaseImageForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if self.instance.pk and "file" in self.changed_data and is_kept(self.instance):
            raise ValidationError(_("Stories show this picture. Upload the other one as a new picture."), code="kept")
        return file


def delete(request: HttpRequest, image_id: int) -> HttpResponse:
    """Wagtail's page, or why there is none."""
    picture = get_object_or_404(Picture, pk=image_id)
    if is_kept(picture):
        text = _("“%(title)s” stands in a story, or in a version that went out. It is kept.") % {"title": picture.title}
        messages.error(request, text)
        return redirect("wagtailimages:edit", picture.pk)
    return DeleteView.as_view()(request, image_id=image_id)


_POLICY = PicturePolicy(Picture, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user")
register_permission_policy(Picture, _POLICY, exact_class=True)  # before the one that Wagtail registers


@hooks.register("construct_main_menu")
def name_of_the_trade(request: HttpRequest, items: list) -> None:
    for item in items:
        if item.name == "images":
            item.label = _("Pictures")
