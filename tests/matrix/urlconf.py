"""The addresses of the house, with bare refusals: the same two pages are not laid out eight thousand times."""

from django.http import HttpRequest, HttpResponse

from chezsoi.config.urls import urlpatterns  # noqa: F401  the addresses themselves


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(status=404)
