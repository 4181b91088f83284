"""The real bot in a simulated Discord: no token, no network (needs the extra `sandbox`).

Nothing is imported here: `bot.sandbox.run` says in words what is missing before it needs it.
"""
