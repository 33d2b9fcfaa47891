"""The addresses of the house, with bare refusals: the same two pages are not laid out eight thousand times."""

from django.http import HttpRequest, HttpResponse

from chezsoi.config.urls import urlpatterns  # noqa: F401  the addresses themselves
from chezsoi.portal.views import errors

SHOWN = "matrix.shows_refusals"


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return errors.not_allowed(request, exception) if _is_shown(request) else HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return errors.not_found(request, exception) if _is_shown(request) else HttpResponse(status=404)


def _is_shown(request: HttpRequest) -> bool:
    """Show the page of a refusal where somebody reads it: nobody reads what a form that was refused answers."""
    return request.method == "GET" and SHOWN in request.META
