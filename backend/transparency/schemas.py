"""What the log's addresses take and give. Hashes are hexadecimal."""

from marshmallow import validate

from backend.infrastructure.fields import Input, Output, Text, Whole, fields

_LARGEST = 2**53 - 1
_HASH = validate.Regexp(r"[0-9a-f]{64}\Z", error="哈希是 64 位小写的十六进制数。")


class HeadsQuery(Input):
    """Which heads."""

    after = Whole(0, _LARGEST, load_default=0, metadata={"description": "上一页的 next"})
    limit = Whole(1, 1000, load_default=100)


class EntriesQuery(Input):
    """Which entries."""

    start = Whole(0, _LARGEST, load_default=0, metadata={"description": "从第几条起，第一条是 0"})
    limit = Whole(1, 1000, load_default=100)


class InclusionQuery(Input):
    """Which leaf, in which tree."""

    hash = Text(64, required=True, validate=_HASH, metadata={"description": "条目的哈希：SHA-256(0x00 ‖ content)"})
    size = Whole(1, _LARGEST, metadata={"description": "树的大小；不给时用最新树头的"})


class ConsistencyQuery(Input):
    """Between which two trees."""

    first = Whole(1, _LARGEST, required=True, metadata={"description": "较早的树的大小"})
    second = Whole(1, _LARGEST, required=True, metadata={"description": "较晚的树的大小"})


class HeadOut(Output):
    """A signed head."""

    size = fields.Integer(metadata={"description": "树里有多少条"})
    root = fields.String(metadata={"description": "根哈希"})
    at = fields.DateTime(metadata={"description": "签名的时刻"})
    note = fields.String(metadata={"description": "签名的全文：C2SP tlog-checkpoint，signed note 格式"})


class LatestHeadOut(HeadOut):
    """The newest head, with what is needed to check it."""

    origin = fields.String(metadata={"description": "日志的名称"})
    keys = fields.List(fields.String(), metadata={"description": "现用和曾用的验签公钥：名称+密钥标识+公钥"})
    merge_delay = fields.Integer(metadata={"description": "从办理到进入树头最多多少秒"})


class HeadsOut(Output):
    """A page of heads, in the order of their signing."""

    heads = fields.List(fields.Nested(HeadOut))
    next = fields.Integer(allow_none=True, metadata={"description": "下一页的 after；没有下一页时为 null"})


class EntryOut(Output):
    """A leaf of the tree."""

    position = fields.Integer(allow_none=True, metadata={"description": "在树里的位置，从 0 起；等待进树时为 null"})
    hash = fields.String()
    content = fields.String(metadata={"description": "条目全文（JSON 文本）；哈希按这段文字的 UTF-8 字节计算"})


class EntriesOut(Output):
    """A page of entries."""

    entries = fields.List(fields.Nested(EntryOut))


class InclusionOut(Output):
    """An inclusion proof (RFC 6962 §2.1.1)."""

    entry = fields.Nested(EntryOut)
    size = fields.Integer(metadata={"description": "树的大小"})
    proof = fields.List(fields.String(), metadata={"description": "从叶子到根的各个哈希；等待进树时为空"})


class HistoryOut(Output):
    """Everything that was done to one certificate."""

    entries = fields.List(fields.Nested(InclusionOut))


class ConsistencyOut(Output):
    """A consistency proof (RFC 6962 §2.1.2)."""

    first = fields.Integer()
    second = fields.Integer()
    proof = fields.List(fields.String())
