"""The page. Every address of the app serves the same shell; its scripts decide what stands in it."""

from csp.decorators import csp
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


async def page(request: HttpRequest, **where: str) -> HttpResponse:
    """The shell."""
    return render(request, "page.html")


_ON_AIR = {
    "default-src": ["'none'"],
    **{name: ["'self'"] for name in ("script-src", "style-src", "img-src")},
    "connect-src": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"],
    **{name: ["'none'"] for name in ("base-uri", "form-action", "frame-ancestors")},
}


@csp(_ON_AIR)
def overlay_page(request: HttpRequest) -> HttpResponse:
    """A board on air: a document of its own, which the key in its fragment fills. Nothing learns its address."""
    response = render(request, "overlay.html")
    response["Referrer-Policy"] = "no-referrer"
    return response


async def link_page(request: HttpRequest) -> HttpResponse:
    """The shell where a mail's link lands; nothing that it leads to learns where from."""
    response = await page(request)
    response["Referrer-Policy"] = "no-referrer"
    return response
