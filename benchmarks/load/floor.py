"""The least a page of Django can do here: fifty names of the same database, and nobody to check who asks."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html_join

from chezsoi.config.environment import database

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    DATABASES={"default": database(os.environ["CHEZSOI_DATABASE_URL"])},
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a measure, not a secret",  # noqa: S106
)


def names(_request: HttpRequest) -> HttpResponse:
    """List fifty people by name."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, sort_name FROM people_person WHERE sort_name > '' ORDER BY sort_name LIMIT 50")
        rows = cursor.fetchall()
    return HttpResponse(format_html_join("", "<p>{} {}</p>", rows))


urlpatterns = [path("", names)]
application = get_wsgi_application()
