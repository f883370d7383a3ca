"""What a form field shows: its id, the value to fill in, its messages, and what describes it to a screen reader.

Several forms may stand on one page: each opens its own scope, so ids differ and only the refused form comes back
filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

#: Hidden field that names the form on its page; the schemas do not know it.
SCOPE_FIELD = "form_scope"


@dataclass(frozen=True)
class FieldState:
    """A field as the macros draw it.

    id            unique on the page; the error summary links to it
    values        what is filled in or chosen; one entry for all but groups of checkboxes
    errors        messages to show beside it
    described_by  ids for aria-describedby, or None
    refilled      whether the form was refused and came back
    marks_optional  whether a field that may stay empty says so; not in a search, where all may
    """

    id: str
    values: tuple[str, ...]
    errors: tuple[str, ...]
    described_by: str | None
    refilled: bool
    marks_optional: bool

    @property
    def value(self) -> str:
        """The single value; empty when there is none."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True)
class SummaryLine:
    """A message at the top of the page, and the field it links to; None when it belongs to no field."""

    message: str
    field_id: str | None


def open_form(scope: str = "", *, marks_optional: bool = True) -> str:
    """Begin a form: the fields drawn after it belong to `scope`. Returns an empty text, for use in a template."""
    g.form_scope, g.form_marks_optional = scope, marks_optional
    return ""


def field_state(name: str, label: str, default: object = None, hint: str | None = None) -> FieldState:
    """The state of a field of the form that was opened last; its label is kept for the summary.

    default   value or list of values before anything was sent
    """
    scope = g.get("form_scope", "")
    if "form_labels" not in g:
        g.form_labels = {}
    g.form_labels[scope, name] = label
    refilled = "form_values" in g and g.form_values.get(SCOPE_FIELD, "") == scope
    errors = tuple(g.get("form_errors", {}).get(name, ())) if refilled else ()
    values = tuple(g.form_values.getlist(name)) if refilled else _texts(default)
    identity = field_id(name, scope)
    describing = [f"{identity}-hint"] * bool(hint) + [f"{identity}-error"] * bool(errors)
    marks_optional = g.get("form_marks_optional", True)
    return FieldState(identity, values, errors, " ".join(describing) or None, refilled, marks_optional)


def error_summary() -> list[SummaryLine]:
    """The messages of the refused form in the order of its fields, each with its field's label.

    Called after the fields were drawn; a message whose field is not on the page stands alone, without a link.
    """
    if "form_values" not in g:
        return []
    scope, errors = g.form_values.get(SCOPE_FIELD, ""), g.get("form_errors", {})
    labels = {name: label for (of, name), label in g.get("form_labels", {}).items() if of == scope}
    drawn = [name for name in labels if name in errors]
    lines = [SummaryLine(f"{labels[name]}：{text}", field_id(name, scope)) for name in drawn for text in errors[name]]
    return lines + [SummaryLine(text, None) for name in errors if name not in labels for text in errors[name]]


def field_id(name: str, scope: str = "") -> str:
    """The id of a field's element; a dotted path becomes dashes."""
    return "-".join(part for part in ("f", scope, name.replace(".", "-")) if part)


def _texts(default: object) -> tuple[str, ...]:
    if default is None:
        return ()
    if isinstance(default, Sequence) and not isinstance(default, str):
        return tuple(str(entry) for entry in default)
    return (str(default),)
