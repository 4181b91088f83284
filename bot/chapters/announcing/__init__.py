"""Chapters on their way to readers."""
