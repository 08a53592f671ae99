"""The page on which a reader says that something is not right."""

from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from eerstelijn.login.events import address_of
from eerstelijn.pages.public_form import comes_from_here, is_read_only, takes_forms
from eerstelijn.reports.form import ReportForm, page_of_ours
from eerstelijn.reports.limits import limit

ELSEWHERE = "Stuur het formulier vanop deze pagina zelf. Er is niets verstuurd."
TOO_MANY = "Er kwamen net veel meldingen binnen. Probeer het over een uur opnieuw."
#: No page for search engines, nor one that offers to report something on itself.
ABOUT_THE_PAGE = {"robots": "noindex,follow", "report_url": ""}


@takes_forms
def report(request):
    """The form, and what it answers when it cannot take what was sent."""
    if is_read_only():
        return _elsewhere(request)
    if request.method != "POST":
        return _page(request, ReportForm(), page_of_ours(request.GET.get("over", "")))
    if not comes_from_here(request):
        return _page(request, ReportForm(), "", 403, ELSEWHERE)
    form, about = ReportForm(request.POST), page_of_ours(request.POST.get("over", ""))
    if form.is_of_a_program:
        return _thanks_to(about)  # it hears what others hear, and nothing is kept
    if not form.is_valid():
        return _page(request, form, about, 422)
    if not limit.takes(address_of(request)):
        return _page(request, form, about, 429, TOO_MANY)
    form.instance.about = about
    form.save()
    return _thanks_to(about)


@require_safe
def thanks(request):
    about = page_of_ours(request.GET.get("over", ""))
    return render(request, "reports/thanks.html", {"about": about, **ABOUT_THE_PAGE})


def _thanks_to(about):
    """To the page that thanks, which leads back to where the reader was."""
    said = f"?{urlencode({'over': about})}" if about else ""
    return redirect(f"{reverse('report-thanks')}{said}")


def _page(request, form, about, status=200, refusal=""):
    context = {
        "form": form,
        "about": about,
        "refusal": refusal,
        "has_failed": bool(form.errors or refusal),
        **ABOUT_THE_PAGE,
    }
    return render(request, "reports/report.html", context, status=status)


def _elsewhere(request):
    """A server that only serves readers says where a report is taken; what was typed comes back."""
    desk = settings.DESK_ADDRESS
    home = desk.removesuffix(reverse("admin:index")).rstrip("/") if desk else ""
    posted = request.method == "POST"
    context = {
        "elsewhere": f"{home}{reverse('report')}" if home else "",
        "typed": request.POST.get("text", "") if posted else "",
        **ABOUT_THE_PAGE,
    }
    return render(request, "reports/elsewhere.html", context, status=503 if posted else 200)
