"""The mark of 放心消费在温州 and the fixed art of the plates, drawn for this project.

mark.svg        the mark: a shield, a check, the hills and the river Ou (瓯江); teal, gold, white
mark-mono.svg   the mark in one colour (currentColor), for stamps and one-colour print
head.svg        the plates' upper ground: hills under a gold ribbon; stretched to a template's width and height
foot.svg        their lower ground, the river's line

All are outlines only (`path` with `d`, `fill`, `fill-rule`): no text, script, style or reference, so that browser, print file and
picture draw the same. Overlapping outlines of one path count even-odd.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent


def read(name: str) -> bytes:
    """The bytes of an asset of this package, e.g. 'mark.svg'. raises FileNotFoundError"""
    return (_FOLDER / name).read_bytes()
