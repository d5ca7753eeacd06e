"""`knowledge/topics.yml`: the stable ids, in the order in which they are shown."""

from __future__ import annotations

import re

from bot.core.knowledge import Topic
from bot.knowledge_files.problems import Complaints, Problem
from bot.knowledge_files.yaml_lines import BadYaml, load_with_lines

# The id becomes a file name, an intent and a button's payload.
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_topics(text: str, file: str) -> tuple[dict[str, Topic] | None, list[Problem]]:
    """The topics by id, or None with what is wrong."""
    complaints = Complaints(file)
    try:
        yaml = load_with_lines(text)
    except BadYaml as error:
        complaints.error(error.line, "yaml", str(error))
        return None, complaints.found
    topics: dict[str, Topic] = {}
    themes = yaml.data if isinstance(yaml.data, dict) else {}
    if not themes:
        complaints.error(1, "wrong-type", "dit bestand moet uit thema's bestaan, met onderwerpen eronder")
    for theme, listed in themes.items():
        if not isinstance(listed, dict):
            complaints.error(
                yaml.line(str(theme)), "wrong-type", f"onder '{theme}' horen regels 'onderwerp: omschrijving'"
            )
            continue
        for topic_id, description in listed.items():
            line = yaml.line(f"{theme}.{topic_id}")
            if not isinstance(topic_id, str) or not _ID.fullmatch(topic_id) or not _ID.fullmatch(str(theme)):
                complaints.error(
                    line, "topic-id", f"'{topic_id}' mag alleen kleine letters, cijfers en streepjes hebben"
                )
            elif not isinstance(description, str):
                complaints.error(line, "wrong-type", f"'{topic_id}' heeft een omschrijving in woorden nodig")
            elif topic_id in topics:
                complaints.error(
                    line, "topic-id", f"'{topic_id}' staat bij twee thema's; een onderwerp heeft één plek"
                )
            else:
                topics[topic_id] = Topic(topic_id, str(theme), description)
    return (None if complaints.found else topics), complaints.found
