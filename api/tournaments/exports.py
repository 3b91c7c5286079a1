"""Exports over HTTP (T26): line by line, for a spreadsheet or as JSON."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import SignedInRequest
from api.serializers import StrictSerializer
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments.selectors import exports

WHAT = ("entrants", "matches", "results", "standings")


class ExportQuery(StrictSerializer):
    what = serializers.ChoiceField(WHAT)
    format = serializers.ChoiceField(("csv", "json"), default="csv")


class Line:
    """What a CSV writer writes to: it hands each line back."""

    @staticmethod
    def write(line: str) -> str:
        return line


class ExportViews(CompetitionViewSet):
    permission_classes = [IsAuthenticated]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """`format` is the query's own; refusals are JSON."""
        return self.get_renderers()[0], "application/json"

    @extend_schema(
        "export_competition",
        tags=["Results"],
        summary="Export a tournament",
        parameters=[ExportQuery],
        responses={(200, "text/csv"): OpenApiTypes.STR, (200, "application/json"): OpenApiTypes.OBJECT},
    )
    def export(self, request: SignedInRequest, competition_id: int) -> HttpResponse | StreamingHttpResponse | Response:
        """For staff. No cell is a formula: what could be taken for one begins with an apostrophe. The results as JSON
        are a document that `python -m core.tournaments` folds to the same table."""
        query = ExportQuery.read(request.query_params.dict())
        row, what = exports.find_exported(competition_id, request.user), query["what"]
        if query["format"] == "json":
            return Response(exports.document_of(row, what), headers=_named(f"{row.slug}-{what}.json"))
        lines = exports.lines_of(exports.rows_of(row, what))
        return StreamingHttpResponse(_csv(lines), "text/csv; charset=utf-8", headers=_named(f"{row.slug}-{what}.csv"))


def _csv(lines: Iterable[list[str]]) -> Iterator[bytes]:
    writer = csv.writer(Line())
    return (writer.writerow(line).encode() for line in lines)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


ROUTES = below_one([("export/", ExportViews, {"get": "export"})])
