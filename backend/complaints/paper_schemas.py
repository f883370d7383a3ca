"""Official forms of a complaint over JSON."""

from backend.infrastructure.fields import Output, fields


def form_number(typed: str) -> int:
    """The number of a form in an address; 0, which no form has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 2 else 0


class PaperOut(Output):
    """An official form that exists for a complaint."""

    number = fields.Integer(metadata={"description": "总局令第121号文书式样的序号"})
    title = fields.String()
    dated = fields.Date()


class PaperFieldOut(Output):
    """One field of a form."""

    no = fields.Integer()
    key = fields.String()
    label = fields.String()
    value = fields.String()


class PaperDataOut(Output):
    """An official form as data, the same words as on its PDF."""

    form = fields.Integer()
    title = fields.String()
    bureau = fields.String()
    number = fields.String(metadata={"description": "文号"})
    dated = fields.String()
    fields_ = fields.List(fields.Nested(PaperFieldOut), data_key="fields", attribute="fields")
    paragraphs = fields.List(fields.String())
