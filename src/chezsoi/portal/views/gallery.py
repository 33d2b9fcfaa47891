"""Every component in every state: the visual test, open to whoever builds with them."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chezsoi.territories.access import Request, public
from chezsoi.ui import gallery as components
from chezsoi.ui.responses import page


@public("components hold no data")
@require_safe
def gallery(request: Request) -> HttpResponse:
    return page(request, "ui/gallery.html", components.context())
