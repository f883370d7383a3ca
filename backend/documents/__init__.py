"""Official forms (官方文书): the ten 文书式样 published with Order 121, each declared once as data, rendered to PDF and to JSON.

A form knows nothing of cases; whoever has the facts fills it (`service.fill`) and prints it (`service.pdf`).
"""
