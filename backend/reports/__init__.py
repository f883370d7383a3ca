"""Reports (举报): anybody tells the bureau of a suspected violation, without a name if they wish. Secret from the reported party.

Walled off: no package and no page that a merchant or a liaison station reaches may import this one (import-linter, "The wall
around reports"); tables, photos and permissions are its own, and no account of a reporter is kept, signed in or not. A report
is followed by number and access code. Addresses are /tip-offs, since /reports publishes experience reviews (消费体验).
Sources: Order 121 §9, §27 to §37, §42; decision 0016 tells what is kept of a reporter.
"""
