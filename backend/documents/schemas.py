"""An official form as JSON data."""

from backend.infrastructure.fields import Output, fields


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
