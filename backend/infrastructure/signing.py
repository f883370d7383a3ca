"""Ed25519 keys for what leaves the house and must be verifiable without us: credentials, status lists, the register, heads of the log."""

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class SigningKeys:
    """The newest key signs; what the others signed still verifies.

    public   key id → raw public key (32 bytes), the newest first
    """

    def __init__(self, seeds: Mapping[str, bytes], former: Mapping[str, bytes]) -> None:
        """seeds    key id → 32 bytes, the newest first
        former   key id → raw public key of a key whose seed was destroyed
        """
        keys = {key_id: Ed25519PrivateKey.from_private_bytes(seed) for key_id, seed in seeds.items()}
        self.newest_id = next(iter(keys))
        self._newest = keys[self.newest_id]
        made = {key_id: key.public_key().public_bytes_raw() for key_id, key in keys.items()}
        self.public: Mapping[str, bytes] = {**made, **former}

    @property
    def newest_public(self) -> bytes:
        """The raw public key that verifies `sign`."""
        return self.public[self.newest_id]

    def sign(self, message: bytes) -> bytes:
        """The newest key's signature, 64 bytes."""
        return self._newest.sign(message)
