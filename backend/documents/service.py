"""Fills a form and prints it; both ways out read the same declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from backend.kernel.identifiers import county_name

from .printing import pdf
from .rules import FORMS, Form

__all__ = ["Document", "FormIncomplete", "fill", "pdf"]


class FormIncomplete(ValueError):
    """A needed field is empty, or a field is given that the form does not have: a fault of the caller."""


@dataclass(frozen=True)
class Document:
    """A filled form.

    bureau   who issues it
    number   document number (文号): the kind, the year and the case's number, unique because case numbers are
    dated    day of the decision, or of the registration
    values   key → text; what was not given is empty
    """

    form: Form
    bureau: str
    number: str
    dated: date
    values: Mapping[str, str]

    @property
    def paragraphs(self) -> list[str]:
        """The body with the fields in their places, without what would be said of empty fields alone."""
        return [text.format_map(self.values) for text in self.form.paragraphs if self._says_something(text)]

    def _says_something(self, text: str) -> bool:
        keys = [key for _, key, _, _ in Formatter().parse(text) if key]
        return not keys or any(self.values[key] for key in keys)

    def data(self) -> dict[str, Any]:
        """The form as JSON data: every field with its number, label and value, and the paragraphs as printed."""
        return {
            "form": self.form.number,
            "title": self.form.title,
            "bureau": self.bureau,
            "number": self.number,
            "dated": self.dated.isoformat(),
            "fields": [
                {"no": no, "key": field.key, "label": field.label, "value": self.values[field.key]}
                for no, field in enumerate(self.form.fields, 1)
            ],
            "paragraphs": self.paragraphs,
        }


def fill(form_number: int, *, county_code: str, dated: date, values: Mapping[str, str]) -> Document:
    """Fill one of the ten forms.

    values   key → text for every field of the form; those that are not needed may be absent
    raises   FormIncomplete, so that e.g. a refusal (form 6) without ground or reason cannot be made
    """
    form = FORMS[form_number]
    given = {key: value.strip() for key, value in values.items()}
    missing = [field.key for field in form.fields if field.needed and not given.get(field.key)]
    unknown = sorted(given.keys() - form.keys)
    if missing or unknown:
        raise FormIncomplete(f"form {form_number} lacks {missing}, does not have {unknown}")
    complete = {field.key: given.get(field.key, "") for field in form.fields}
    return Document(
        form=form,
        bureau=f"{county_name(county_code)}市场监督管理局",
        number=f"{form.word}〔{dated.year}〕{given['case_no']}号",
        dated=dated,
        values=complete,
    )
