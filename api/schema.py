"""The OpenAPI description: what the rooms' dataclasses look like, and the refusals that every operation shares."""

from dataclasses import is_dataclass
from typing import Any

import msgspec
from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction
from drf_spectacular.views import SpectacularSwaggerSplitView

from api.errors import Refusal

ALWAYS = {
    "400": "The input is not valid.",
    "401": "Nobody is signed in, or the token no longer counts.",
    "403": "You may see this, but not do it.",
    "404": "There is no such thing here, or none that you may know of.",
    "406": "Only JSON is spoken here.",
    "429": "Too many in too short a time; Retry-After says when to come back.",
    "503": "Something that this needs is down; Retry-After says when to come back.",
}
WRITING = {
    "409": "The state of the thing forbids it.",
    "413": "The body is too large.",
    "415": "Send application/json in UTF-8, or the form that is asked for.",
}
REFERENCES = "#/components/schemas/{name}"


class ShapeExtension(OpenApiSerializerExtension):
    """Describes a frozen dataclass as msgspec, which encodes it, understands it."""

    @classmethod
    def _matches(cls, target: Any) -> bool:
        return isinstance(target, type) and is_dataclass(target)

    def get_name(self, auto_schema: AutoSchema, direction: Direction) -> str:
        name: str = self.target.__name__
        return name

    def get_identity(self, auto_schema: AutoSchema, direction: Direction) -> str:
        return self.get_name(auto_schema, direction)

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        _, described = msgspec.json.schema_components([self.target], ref_template=REFERENCES)
        own: dict[str, Any] = described.pop(self.target.__name__)
        for name, schema in described.items():
            inner = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
            auto_schema.registry.register_on_missing(inner)
        return own


class AccessTokenScheme(SimpleJWTScheme):
    target_class = "api.authentication.AccessTokenAuthentication"
    name = "accessToken"


def share_refusals(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A last step of the generator: every operation says how it may refuse, and requests that they are strict."""
    components = result["components"]
    components["schemas"] |= msgspec.json.schema_components([Refusal], ref_template=REFERENCES)[1]
    body = {"application/json": {"schema": {"$ref": REFERENCES.format(name="Refusal")}}}
    components["responses"] = {
        status: {"description": meaning, "content": body} for status, meaning in (ALWAYS | WRITING).items()
    }
    for name, schema in components["schemas"].items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
    for path in result["paths"].values():
        for method, operation in path.items():
            for status in ALWAYS if method == "get" else ALWAYS | WRITING:
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/{status}"})
    return result


class DocsView(SpectacularSwaggerSplitView):
    """The description as a page where it can be tried: everything from this machine, nothing inline."""

    template_name = "api/docs.html"
