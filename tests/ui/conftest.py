import copy
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]


@pytest.fixture(scope="module", autouse=True)
def _nothing_above() -> Iterator[None]:
    """Render with what `ui` has of its own: the portal, which fills the shell of real pages, stands above it."""
    (engine,) = copy.deepcopy(settings.TEMPLATES)
    processors = engine["OPTIONS"]["context_processors"]
    engine["OPTIONS"]["context_processors"] = [name for name in processors if not name.startswith("chezsoi.")]
    with override_settings(TEMPLATES=[engine]):
        yield


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def gallery_url() -> Iterator[str]:
    """Serve the gallery with the product's content security policy, without a database."""
    with override_settings(ROOT_URLCONF="tests.ui.gallery_urls", MIDDLEWARE=MIDDLEWARE, DEBUG=True):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/gallery/"
        server.shutdown()
        server.server_close()
        thread.join()
