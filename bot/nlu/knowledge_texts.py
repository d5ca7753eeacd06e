"""The texts of the answers as something to search in: a view on the topics beside the training examples."""

from __future__ import annotations

from pathlib import Path

import yaml


def knowledge_texts(folder: Path) -> dict[str, str]:
    """Topic id -> title, question, keywords and body of its file under ``folder``; empty without that folder.

    Reads the text only, and passes over a file that it cannot read: whether a file is right is for
    `bot.knowledge_files` to say, and training must not stop on a wrong comma in an answer.
    """
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*/*.md")):
        try:
            _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
            fields = yaml.safe_load(header)
        except (ValueError, OSError, yaml.YAMLError):
            continue
        if not isinstance(fields, dict):
            continue
        keywords = fields.get("keywords") or []
        parts = [fields.get("title"), fields.get("question"), *map(str, keywords), body]
        texts[path.stem] = " . ".join(str(part) for part in parts if part)
    return texts
