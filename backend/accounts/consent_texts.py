"""The texts that people agree to, each for one purpose (个人信息保护法 §14, §29). A changed text gets a new version."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a consent is for. Bureau handling of complaints rests on statutory duty (§13(3)) and needs none."""

    PRIVACY_NOTICE = "privacy_notice"
    LOCATION = "location"
    RATING_PUBLICATION = "rating_publication"
    EVIDENCE_SHARING = "evidence_sharing"
    TEXT_MESSAGES = "text_messages"
    PHONE_SHARING = "phone_sharing"


@dataclass(frozen=True)
class ConsentText:
    """What is shown before agreeing."""

    version: str
    title: str
    text: str

    @property
    def sha256(self) -> str:
        """Hex digest that ties a consent to the very words."""
        return hashlib.sha256(f"{self.version}\n{self.title}\n{self.text}".encode()).hexdigest()


CONSENT_TEXTS = {
    Purpose.PRIVACY_NOTICE: ConsentText(
        "2026-11",
        "个人信息保护说明",
        "登录时我们从微信取得您的用户标识，只用来认出是您本人，加密保存，不对外提供。扫码、查看商家和核验放心码不需要登录。"
        "未满 14 周岁的，请由父母或其他监护人阅读并同意。您可以随时撤回同意，撤回不影响此前已办理的事项。",
    ),
    Purpose.LOCATION: ConsentText(
        "2026-11",
        "使用一次位置信息",
        "位置信息属于敏感个人信息。仅在您扫码时使用一次，用来核对您是否在这家店附近、防止仿冒放心码，只保留大致距离，不保存行踪。"
        "不同意也可以正常扫码和查看。",
    ),
    Purpose.RATING_PUBLICATION: ConsentText(
        "2026-11",
        "公开展示评价",
        "您的评分和评语会以匿名称呼公开展示在这家单位的页面上，不显示姓名、头像和手机号。您可以随时撤回，撤回后不再展示。",
    ),
    Purpose.EVIDENCE_SHARING: ConsentText(
        "2026-11",
        "向维权联络站出示凭证",
        "您上传的凭证照片会给处理此事的维权联络站人员查看，用于和解。请先遮住与此事无关的个人信息。"
        "不同意时，联络站只能看到文字说明，仍可以正常处理。",
    ),
    Purpose.PHONE_SHARING: ConsentText(
        "2026-11",
        "让联络站看到电话",
        "您的手机号只给办理这一件事的联络站人员看，用来和您商量怎样解决，加密保存，每看一次都有记录，您能看到。"
        "您可以随时收回；收回以后、这件事结束以后，号码立即删除。不同意也可以在对话里商量，照常办理。",
    ),
    Purpose.TEXT_MESSAGES: ConsentText(
        "2026-11",
        "短信提醒",
        "您的手机号只用来在微信消息送不到时发短信提醒，加密保存，商家和联络站看不到。短信里只写事情的编号和链接，不写内容。"
        "您可以随时停用，停用后号码立即删除；不用短信，站内消息照常有。",
    ),
}
