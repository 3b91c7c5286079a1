"""The page. Every address of the app serves the same shell; its scripts decide what stands in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


async def page(request: HttpRequest, **where: str) -> HttpResponse:
    """The shell."""
    return render(request, "page.html")


async def link_page(request: HttpRequest) -> HttpResponse:
    """The shell where a mail's link lands; nothing that it leads to learns where from."""
    response = await page(request)
    response["Referrer-Policy"] = "no-referrer"
    return response
