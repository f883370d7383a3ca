"""The transparency log (透明日志): every act on a certificate is a leaf of an append-only Merkle tree with signed heads (树头).

Nobody, not even the operator, can quietly back-date or undo an act: whoever keeps one head finds out. RFC 6962 (hashing and proofs),
C2SP tlog-checkpoint and signed-note (heads).
"""
