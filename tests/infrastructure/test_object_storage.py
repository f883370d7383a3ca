"""Files are kept under keys of ours; no key leads out of the folder, and nothing half written is ever seen."""

from pathlib import Path

import pytest

from backend.infrastructure.object_storage import LocalStorage, ObjectMissing, random_key


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "objects")


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_is_put_is_there_until_deleted(storage: LocalStorage, tmp_path: Path) -> None:
    key = random_key("evidence", "jpg")
    assert not storage.exists(key)
    storage.put(key, b"one")
    storage.put(key, b"two")
    assert (storage.get(key), storage.exists(key)) == (b"two", True)
    assert files(tmp_path) == [f"objects/{key}"], "and nothing lies beside it"
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)
    with pytest.raises(ObjectMissing):
        storage.get(key)


def test_keys_are_random_and_spread_over_folders() -> None:
    keys = {random_key("evidence", "jpg") for _ in range(200)}
    assert len(keys) == 200
    assert len({key.split("/")[1] for key in keys}) > 50


@pytest.mark.parametrize(
    "key",
    [
        "../secret.jpg", "a/../../secret.jpg", "/etc/passwd", "a//b.jpg", "./a.jpg", "a/.hidden.jpg", "a\\b.jpg", "a/b", "",
        "a/b.jpg\n", "a/b.jpg\0", "a/%2e%2e/b.jpg", "A/b.jpg", "证据/b.jpg", "a/b.jpg/", "a/b.tar.gz", "~/b.jpg", "a b.jpg",
        "-rf.jpg",
    ],
)  # fmt: skip
def test_a_key_of_another_form_is_refused_by_every_method(storage: LocalStorage, tmp_path: Path, key: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    for method in (storage.get, storage.delete, storage.exists, lambda wrong: storage.put(wrong, b"x")):
        with pytest.raises(ValueError, match="not a storage key"):
            method(key)
    assert files(tmp_path) == ["secret.jpg"]


def test_a_write_that_fails_leaves_the_old_and_nothing_else(
    storage: LocalStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = random_key("evidence", "jpg")
    storage.put(key, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.put(key, b"new")
    assert storage.get(key) == b"old"
    assert files(tmp_path) == [f"objects/{key}"]
