"""The outbox: notices to people, queued in the transaction of the event and delivered after it.

One row per event, recipient and channel. INBOX is read in the program and on the web (站内消息); WECHAT is a subscribe message
(订阅消息), which needs one consent of the recipient each and is only ever a hint to look into the inbox. A notice names cases and units,
never people. Stands below accounts: who a recipient is at WeChat is asked through a function that the application passes in.
"""
