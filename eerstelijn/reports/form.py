"""The one form for readers: "Klopt er iets niet?"."""

import re
from urllib.parse import quote, unquote, urlsplit

from django import forms
from django.urls import Resolver404, resolve

from eerstelijn import one_form
from eerstelijn.pages import errors
from eerstelijn.reports.models import LONGEST, Report

#: What stands behind the # of an address of ours.
ANCHOR = re.compile(r"[A-Za-z0-9_-]{1,100}")
MOST = Report._meta.get_field("about").max_length


def page_of_ours(text: str) -> str:
    """An address of a page for readers, with the place on it; "" for anything else.

    Questions are left out: what a reader looked for is theirs.
    """
    if not text.startswith("/") or text.startswith("//") or len(text) > MOST or "\\" in text:
        return ""
    try:
        parts = urlsplit(text)
        path = unquote(parts.path, errors="strict")
        if any(ord(sign) < 32 for sign in path) or errors.is_desk_path(path):
            return ""
        resolve(path)
    except (ValueError, Resolver404):
        return ""
    place = f"#{parts.fragment}" if ANCHOR.fullmatch(parts.fragment) else ""
    address = f"{quote(path)}{place}"
    return address if len(address) <= MOST else ""


class ReportForm(forms.ModelForm):
    """What is not right, and where to answer. `website` is for programs that fill in everything."""

    text = forms.CharField(
        label="Wat klopt er niet?",
        widget=forms.Textarea(attrs={"class": "input", "rows": 8, "maxlength": LONGEST}),
        error_messages={"required": "Schrijf wat er niet klopt."},
        help_text=f"Hoogstens {LONGEST} tekens. Weet je waar het wel juist staat, zet dat erbij.",
    )
    email = forms.EmailField(
        label="Je e-mailadres (hoeft niet)",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
        error_messages={"invalid": "Dit is geen e-mailadres. Verbeter het, of laat het leeg."},
        help_text="Enkel als je een antwoord wilt. Het komt nergens op de site.",
    )
    website = forms.CharField(required=False, label="Laat dit leeg")

    class Meta:
        model = Report
        fields = ("text", "email")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name in ("text", "email"):
            described = [f"over-{name}"]
            if self.errors.get(name):
                described.append(f"fout-{name}")
                self.fields[name].widget.attrs["aria-invalid"] = "true"
            self.fields[name].widget.attrs["aria-describedby"] = " ".join(described)

    def clean_text(self):
        """A line end is one character, as a browser counts it too."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if not one_form.line(text):  # signs that nobody sees
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        if len(text) > LONGEST:
            raise forms.ValidationError(
                f"Dit zijn {len(text)} tekens. Kort het in tot hoogstens {LONGEST}."
            )
        return text

    @property
    def is_of_a_program(self):
        """Whether the field was filled in that no reader sees."""
        return bool(self.data.get("website"))
