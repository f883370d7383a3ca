"""Retaliation (打击报复): who complained or reported says that they are pressed, threatened, exposed or dismissed because of it.

Walled off like reports: nothing that a merchant or a liaison station reaches may import this package (import-linter, "The wall
around retaliation"), no account of the person is kept, and the case is followed by number and access code. It goes to officers
of the county who handled nothing of the merchant, within minutes; whoever is involved does not see it at all.
Sources: Order 121 §37; 消法 §29; decision 0023.
"""
