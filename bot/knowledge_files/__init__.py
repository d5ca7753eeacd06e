"""Reads and checks the files in `knowledge/`; the rest of the helpdesk sees only `bot.core.knowledge`."""
