"""One shape of refusal."""

from django.http import HttpRequest, JsonResponse


def no_such_route(request: HttpRequest, *args: object, **kwargs: object) -> JsonResponse:
    return JsonResponse({"code": "not_found"}, status=404)


bad_request = permission_denied = page_not_found = no_such_route


def server_error(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"code": "server_error"}, status=500)
