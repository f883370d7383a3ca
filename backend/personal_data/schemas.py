"""What a person's own data takes and gives."""

from marshmallow import validate

from backend.infrastructure.fields import Input, Output, Text, fields

#: What must be typed before an account is closed: nobody closes theirs by a slip.
CONFIRM = "注销"


class CorrectionIn(Input):
    """The right identity for one dispute."""

    EXAMPLE = {
        "case_no": "HJ20261123-0000017",
        "name": "王小英",
        "phone": "13857712345",
        "address": "温州市鹿城区信河街 88 号",
    }
    case_no = Text(40, required=True)
    name = Text(50, required=True)
    phone = Text(30, required=True)
    address = Text(200, least=5, required=True)


class ErasureIn(Input):
    """The word that says it is meant."""

    EXAMPLE = {"confirm": CONFIRM}
    confirm = fields.String(
        required=True, validate=validate.Equal(CONFIRM, error=f"确定注销的，请填写“{CONFIRM}”两个字。")
    )


class KeptOut(Output):
    """What stays although its person asked for erasure."""

    what = fields.String()
    why = fields.String()
    source = fields.String()
    until = fields.String()


class ErasureOut(Output):
    """What was kept, and why."""

    kept = fields.List(fields.Nested(KeptOut))


class _HeldIdentityOut(Output):
    case_no = fields.String()
    unit_name = fields.String()
    name = fields.String()
    phone = fields.String(allow_none=True, metadata={"description": "保存期满删了的，为 null"})
    address = fields.String()


class MyDataOut(Output):
    """What a person can do with their data now."""

    fresh = fields.Boolean(metadata={"description": "十分钟内登录过，可以办理；不是的，请先重新登录"})
    identities = fields.List(
        fields.Nested(_HeldIdentityOut),
        metadata={"description": "每件诉求里填的姓名、电话、地址；没有重新登录时是空的"},
    )
    running = fields.List(fields.String(), metadata={"description": "还在办的事的编号；有的话不能注销"})
    kept = fields.List(fields.Nested(KeptOut), metadata={"description": "注销以后依法还要留的，和理由"})


class CorrectionOut(Output):
    """The dispute whose identity is right now."""

    case_no = fields.String()


class ClassOut(Output):
    """How long one class of data is kept."""

    what = fields.String()
    period_zh = fields.String()
    since = fields.String()
    source = fields.String()


class ClassesOut(Output):
    """Every class."""

    classes = fields.List(fields.Nested(ClassOut))
