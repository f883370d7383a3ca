"""What stands before Flask in the web process: scans of known badges are answered here, everything else goes on.

front      the ASGI application: which request is a scan, and what it is answered with
keeping    answers kept in this process, by how many bytes they take
following  learns of changes made on other machines
bridge     the way on to Flask: whole bodies in, so that a slow client never holds a thread
"""
