"""What the double accepts. The prefix is refused by production settings."""

MINI_APP_ID = "wxdouble00000mini"
MINI_APP_SECRET = "double-mini-secret-for-tests-only"  # noqa: S105  (opens nothing but the double)
WEB_APP_ID = "wxdouble000000web"
WEB_APP_SECRET = "double-web-secret-for-tests-only"  # noqa: S105
PUSH_TOKEN = "doublepushtoken"  # noqa: S105
PUSH_AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SMS_TOKEN = "double-sms-token-for-tests-only"  # noqa: S105
SECRETS = {MINI_APP_ID: MINI_APP_SECRET, WEB_APP_ID: WEB_APP_SECRET}
#: People offered on the double's sign-in page: name → what they are in the demonstration.
PEOPLE = {
    "guke-chen": "顾客 陈女士",
    "guke-lin": "顾客 林先生",
    "zhan-wang": "维权联络站 王师傅",
    "zhan-li": "维权联络站 李经理",
    "zhiyuan-zhao": "消费体验志愿者 赵老师",
    "zhiyuan-sun": "消费体验志愿者 孙阿姨",
}
