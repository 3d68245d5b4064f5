"""What a mail says: bytes from anybody become plain values, in a process of its own.

Without Django: the small process (``child``) loads no more than it needs.
"""
