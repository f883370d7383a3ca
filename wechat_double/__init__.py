"""A local server that speaks WeChat's protocol: sign-in, tokens, content checks, messages, codes, pushes, and its error codes; and a
text-message gateway beside it.

For development and tests only; production refuses its app ids. Conventions: a person's name gives a stable openid per app and one
unionid; text with 违规示例 is risky and with 待审示例 goes to review; `/_double/…` is the control side.
"""
