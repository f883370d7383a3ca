"""`python -m wechat_double --port 8601 [--push-url URL]` serves the double until it is stopped."""

import argparse
import signal
import threading

from .server import Double


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--push-url")
    arguments = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with Double(arguments.port, arguments.host, arguments.push_url) as double:
        print(double.base_url, flush=True)
        stopped.wait()


if __name__ == "__main__":
    main()
