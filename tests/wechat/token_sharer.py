"""Another process of the same installation, which checks a text: `python -m tests.wechat.token_sharer`.

It reads the settings from the environment and waits for a line on its input, so that several begin together.
"""

import sys

from backend.app import create_app
from backend.infrastructure import current


def main(openid: str) -> None:
    """Check one text through the application's own client."""
    app = create_app()
    with app.app_context():
        print("ready", flush=True)
        sys.stdin.readline()
        print(current.runtime().wechat.check_text(openid, "老板很耐心。").suggest.value, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
