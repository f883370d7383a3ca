"""Proof that needs no asking us: a signed credential (电子凭证) per certificate, status lists, our keys, the register as a signed file.

W3C Verifiable Credentials 2.0 in the shape of Open Badges 3.0, secured as VC-JOSE-COSE; Bitstring Status List 1.0; did:web.
"""
