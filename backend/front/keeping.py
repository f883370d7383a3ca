"""Answers kept in this process; the least recently given leave first when the room is full."""

from collections import OrderedDict
from dataclasses import dataclass

from backend.badges.answers import Answer

#: What an answer takes beside its body: headers and the objects around them.
_BESIDES = 1200


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and the stamp under which it is right."""

    answer: Answer
    slot: int
    stamp: int


class Keeping:
    """Path → answer, up to so many bytes. For one thread, the event loop's."""

    def __init__(self, room: int) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._left = room

    def get(self, path: str) -> Kept | None:
        """The answer last kept for this path; whether it is still right is for the caller to see."""
        found = self._kept.get(path)
        if found is not None:
            self._kept.move_to_end(path)
        return found

    def put(self, path: str, kept: Kept) -> None:
        """Keep an answer in the place of an earlier one."""
        self.drop(path)
        self._kept[path] = kept
        self._left -= _size(kept)
        while self._left < 0:
            _, oldest = self._kept.popitem(last=False)
            self._left += _size(oldest)

    def drop(self, path: str) -> None:
        """Forget an answer, if there is one."""
        earlier = self._kept.pop(path, None)
        if earlier is not None:
            self._left += _size(earlier)

    def __len__(self) -> int:
        return len(self._kept)


def _size(kept: Kept) -> int:
    return len(kept.answer.body) + _BESIDES
