"""Stored files as browsers fetch them: public ones by their plain link, others as long as a signed link is good."""

import math

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from api.errors import RETRY_AFTER_S
from core.errors import NotFound, Unavailable
from core.files import selectors

PUBLIC_S = 3_600
"""How long others may keep what everybody may see: so long it can still be looked at once it is private."""


@require_safe
def show_file(request: HttpRequest, key: str, size: str) -> HttpResponseBase:
    etag = f'"{key}-{size}"'
    asked = {name: request.GET.get(name, "") for name in ("expires", "signature")}
    try:
        seen = selectors.find_by_link(key=key, size=size, **asked)
        answer = get_conditional_response(request, etag=etag)
        if answer is None:
            answer = HttpResponse(selectors.read_file(seen.file, size), content_type="image/webp")
    except NotFound as refusal:
        raise Http404(refusal.detail) from None
    except Unavailable:
        return HttpResponse(status=503, headers={"Retry-After": str(math.ceil(RETRY_AFTER_S))})
    kept = f"public, max-age={PUBLIC_S}" if seen.seconds is None else f"private, max-age={math.floor(seen.seconds)}"
    answer.headers["Cache-Control"], answer.headers["ETag"] = kept, etag
    return answer
