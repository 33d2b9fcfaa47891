"""Every address of the house."""

from django.urls import include, path

from chezsoi.portal.views import errors

urlpatterns = [
    path("", include("chezsoi.portal.urls")),
    path("people/", include("chezsoi.people.urls")),
    path("homes/", include("chezsoi.homes.urls")),
    path("allocation/", include("chezsoi.allocation.urls")),
    path("tenancies/", include("chezsoi.tenancies.urls")),
    path("support/", include("chezsoi.support.urls")),
    path("siao/", include("chezsoi.siao.urls")),
    path("", include("chezsoi.journeys.urls")),
    path("observatory/", include("chezsoi.observatory.urls")),
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.broken
