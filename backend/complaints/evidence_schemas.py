"""Photos and PDFs of a dispute over JSON: what comes in, and what its readers get."""

from typing import Any

from backend.infrastructure.fields import Input, Output, YesNo, fields

from .rules import EvidenceKind, Side


class PhotoIn(Input):
    """About a photo."""

    for_station = YesNo(load_default=False, metadata={"description": "是否允许联络站看这张照片"})


class PhotoFiles(Input):
    """The photo or the PDF itself."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class PhotoOut(Output):
    """A photo's link."""

    position = fields.Integer()
    url = fields.Method("link", metadata={"description": "五分钟内有效"})
    kind = fields.Enum(EvidenceKind, by_value=True)
    pages = fields.Integer(metadata={"description": "PDF 的页数，照片为 0"})
    sha256 = fields.String(metadata={"description": "上传文件的指纹，作为收据"})
    side = fields.Enum(Side, by_value=True, metadata={"description": "谁上传的"})

    def link(self, photo: Any) -> str:
        """The short link."""
        return f"/api/v1/evidence/{photo.token}"


class EvidenceOut(Output):
    """A stored photo or PDF."""

    position = fields.Integer()
    kind = fields.Enum(EvidenceKind, by_value=True)
    pages = fields.Integer()
    sha256 = fields.String()
    size = fields.Integer()
