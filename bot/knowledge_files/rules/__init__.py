"""The rules of `docs/knowledge-format.md`, a file for each kind. `bot.knowledge_files.check` runs them."""
