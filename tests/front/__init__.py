"""The front: scans from kept bytes, and the bridge to Flask."""
