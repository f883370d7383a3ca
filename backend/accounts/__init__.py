"""People and how they come in: accounts, roles, sessions, invitations, consent.

Two kinds of people. Consumers (and the station members and volunteers among them) sign in by WeChat; the key of a
WeChat identity is (app id, openid), never the openid alone, and a unionid links the identities of one person. Staff
sign in with user name, password and a time-based one-time code (RFC 6238). A session is an opaque token of which only
the hash is kept. An account holds no name and no phone number of a consumer: what needs a real identity (a complaint)
keeps it with the case.

Sources: 个人信息保护法 §14–16, §29 (consent, withdrawal, separate consent); GB/T 22239-2019 8.1.4.1 (身份鉴别);
OWASP ASVS 5.0 chapters 6 and 7.
"""
