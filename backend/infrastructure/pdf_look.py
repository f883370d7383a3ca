"""Run as a program of its own: what a PDF from a person is, counted within bounds of memory and time; nothing of it is executed.

stdin     the file
stdout    JSON: pages, active (whether it holds scripts, files or things that start programs)
exits     0; anything else says that it cannot be opened
"""

import json
import re
import resource
import sys
import zlib

_MEMORY = 1024 * 1024 * 1024
_SECONDS = 5
_MOST_UNPACKED = 16 * 1024 * 1024
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
#: Names long enough not to come about in a picture's bytes by chance.
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia|EmbeddedFiles?)(?![A-Za-z])")


def main() -> None:
    """Read, count, print."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2

    content = sys.stdin.buffer.read()
    document = pypdfium2.PdfDocument(content)
    json.dump({"pages": len(document), "active": _is_active(content)}, sys.stdout)


def _is_active(content: bytes) -> bool:
    """Whether one of the names stands in the file, in the open or inside a packed stream of objects, written plainly or escaped."""
    parts = [content]
    for packed in _PACKED.finditer(content):
        try:
            parts.append(zlib.decompressobj().decompress(packed[1], _MOST_UNPACKED))
        except zlib.error:
            continue
    return any(_ACTIVE.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)) for part in parts)


if __name__ == "__main__":
    main()
