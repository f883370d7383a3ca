"""Fills a form and prints it; both ways out read the same declaration."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from backend.bodies.rules import BODIES

from .printing import pdf
from .rules import FORMS, Form

__all__ = ["Document", "FormIncomplete", "fill", "issued", "pdf"]


class FormIncomplete(ValueError):
    """A needed field is empty, or a field is given that the form does not have: a fault of the caller."""


@dataclass(frozen=True)
class Document:
    """A filled form.

    bureau   who issues it
    number   document number (文号): the kind, the year and the case's number, unique because case numbers are
    dated    day of the decision, or of the registration
    values   key → text; what was not given is empty
    paragraphs   the body with the fields in their places, without what would be said of empty fields alone
    """

    form: Form
    bureau: str
    number: str
    dated: date
    values: Mapping[str, str]
    paragraphs: Sequence[str]

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
            "paragraphs": list(self.paragraphs),
        }

    def text(self) -> str:
        """The data as one text that is always the same: JSON with sorted keys and without blanks."""
        return json.dumps(self.data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """Hash of `text` in UTF-8, by which a copy is checked against what was issued."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def fill(form_number: int, *, issuer: str, dated: date, values: Mapping[str, str], part: int = 1) -> Document:
    """Fill one of the ten forms.

    issuer   code of the body that issues it
    part     from 1; sets apart the numbers of several forms of one kind in one case
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
        bureau=BODIES[issuer].name,
        number=f"{form.word}〔{dated.year}〕{given['case_no']}{f'-{part}' if part > 1 else ''}号",
        dated=dated,
        values=complete,
        paragraphs=[text.format_map(complete) for text in form.paragraphs if _says_something(text, complete)],
    )


def issued(text: str) -> Document:
    """A form as it was issued, from what `Document.text` gave then; later wording of the form changes nothing."""
    data = json.loads(text)
    return Document(
        form=FORMS[data["form"]],
        bureau=data["bureau"],
        number=data["number"],
        dated=date.fromisoformat(data["dated"]),
        values={
            **dict.fromkeys(FORMS[data["form"]].keys, ""),
            **{field["key"]: field["value"] for field in data["fields"]},
        },
        paragraphs=data["paragraphs"],
    )


def _says_something(text: str, values: Mapping[str, str]) -> bool:
    keys = [key for _, key, _, _ in Formatter().parse(text) if key]
    return not keys or any(values[key] for key in keys)
