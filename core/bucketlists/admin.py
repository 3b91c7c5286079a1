"""Lists in the Django admin: to look at, never to change; who voted what is not even shown here (V31)."""

from django.contrib import admin

from core.bucketlists.models import AuditEntry, Ballot, Item, ItemVersion, List, Membership, Round
from core.work.admin import ReadOnly


class MembershipInline(ReadOnly, admin.TabularInline[Membership, List]):
    model = Membership
    fields = ("user", "role", "state", "joined_at", "ended_at")
    ordering = ("pk",)


class RoundInline(ReadOnly, admin.TabularInline[Round, List]):
    model = Round
    fields = ("number", "opened_at", "sealed_at", "late_attempts")
    ordering = ("number",)


@admin.register(List)
class ListAdmin(ReadOnly, admin.ModelAdmin[List]):
    list_display = ("title", "is_public", "round", "decision_deadline", "frozen_at", "votes_head", "deleted_at")
    list_filter = ("is_public", "frozen_reason")
    search_fields = ("title",)
    ordering = ("-pk",)
    show_full_result_count = False
    inlines = (MembershipInline, RoundInline)


class ItemVersionInline(ReadOnly, admin.TabularInline[ItemVersion, Item]):
    model = ItemVersion
    fields = ("title", "description", "by", "at")
    ordering = ("pk",)


@admin.register(Item)
class ItemAdmin(ReadOnly, admin.ModelAdmin[Item]):
    list_display = ("title", "list", "creator", "status", "created_at", "deleted_at")
    list_select_related = ("list", "creator")
    list_filter = ("status", "category")
    search_fields = ("title", "creator__username_key")
    ordering = ("-pk",)
    show_full_result_count = False
    inlines = (ItemVersionInline,)


@admin.register(Ballot)
class BallotAdmin(ReadOnly, admin.ModelAdmin[Ballot]):
    list_display = ("list", "seq", "round", "item", "voter_ref", "choice", "cast_at")
    list_select_related = ("list", "item")
    list_filter = ("choice",)
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin[AuditEntry]):
    list_display = ("list", "action", "item", "by", "origin", "at")
    list_select_related = ("list", "item", "by")
    list_filter = ("action", "origin")
    search_fields = ("by__username_key",)
    ordering = ("-pk",)
    show_full_result_count = False
