"""The pictures of the documentation: every command and every screen, taken from the sandbox.

`python -m benchmarks.gallery` (`make pictures`) takes them all anew; with names, only those.
"""
