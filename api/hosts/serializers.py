"""What REST reads about hosts."""

from rest_framework import serializers

from api.serializers import PageQuery, StrictSerializer, Text
from core.hosts.models import ABOUT_MOST, LINK_MOST, LINKS_MOST, NAME_MOST, REASON_MOST, Application


class ApplicationChanges(StrictSerializer):
    display_name = Text(required=False, max_length=NAME_MOST)
    about = Text(required=False, max_length=ABOUT_MOST)
    links = serializers.ListField(
        child=Text(max_length=LINK_MOST), required=False, max_length=LINKS_MOST, help_text="https only."
    )


class NewApplication(ApplicationChanges):
    display_name = Text(max_length=NAME_MOST)
    about = Text(max_length=ABOUT_MOST, help_text="Who you are, and what you have held before.")


class Decision(StrictSerializer):
    reason = Text(max_length=REASON_MOST, help_text="The applicant reads it.")


class ApplicationsQuery(PageQuery):
    state = serializers.ChoiceField(Application.State.choices, required=False)
