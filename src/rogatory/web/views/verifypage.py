"""The page that checks a case bundle in the reader's own browser, with no case in it: for everybody, log-in or not."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rogatory.bundle import verify_page


@require_safe
def verify(_: HttpRequest) -> HttpResponse:
    """The template of `verify.html`, byte for byte, under its own policy: it may run its script and fetch nothing."""
    return HttpResponse(
        verify_page.template(),
        headers={
            "Content-Security-Policy": f"{verify_page.template_policy()}; frame-ancestors 'none'",
            "Cache-Control": "no-cache",
            "X-Rogatory-Page": verify_page.template_digest(),
        },
    )
