"""The parts an application is built with, in one typed place."""

from collections.abc import Callable
from dataclasses import dataclass, field

from backend.access.actor import Actor
from backend.kernel.clock import Clock

from .object_storage import ObjectStorage
from .sealing import Keyring
from .settings import Settings
from .signing import SigningKeys
from .sms import SmsGateway
from .wechat import WeChat, WeChatWeb


@dataclass
class Runtime:
    """What `create_app` put together.

    sms        None where no text messages are sent
    identify   session token → Actor or None; given by the application, since people are kept above this layer
    """

    settings: Settings
    clock: Clock
    keyring: Keyring
    signing: SigningKeys
    storage: ObjectStorage
    wechat: WeChat
    wechat_web: WeChatWeb
    sms: SmsGateway | None
    identify: Callable[[str], Actor | None]
    health_checks: dict[str, Callable[[], str | None]] = field(default_factory=dict)
