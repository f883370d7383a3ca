"""People: accounts, their roles, how they sign in, invitations and consent.

Consumers, station members and volunteers use WeChat; staff use a password and a one-time code (TOTP). An account holds no name and
no phone number: whoever needs a real identity (a complaint) keeps it sealed with the case.
"""
