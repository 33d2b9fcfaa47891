"""The gallery alone, for its own tests: the portal decides who sees it in the product."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from chezsoi.portal.views.gallery import maps
from chezsoi.ui import gallery
from chezsoi.ui.responses import page


def show(request: HttpRequest) -> HttpResponse:
    return page(request, "ui/gallery.html", gallery.context(maps()))


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=503)


urlpatterns = [path("gallery/", show), path("broken/", broken)]
