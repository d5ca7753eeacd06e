"""Searching in what was said and in cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.conversation import Conversation
from bot.core.messages import Author, Message
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages
from bot.storage.search import Filters, snippet, words_of

SHOWN = 50
"""Most conversations in an answer."""
PERIODS = {"7": "laatste 7 dagen", "30": "laatste 30 dagen"}
AUTHORS = {"student": "de student", "human": "JOB", "bot": "de chatbot"}


@dataclass(frozen=True)
class Hit:
    """A conversation with the message that was found last in it, and how many more there were."""

    conversation: Conversation
    message: Message
    parts: list[tuple[str, bool]]
    more: int


class SearchPage:
    """The route of the search page."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [guard.get("/search", self.show, reads="search")]

    def show(self, ask: Ask) -> Response:
        """``?q=`` words, ``author``, ``state``, ``days``, ``label``; htmx gets the results alone."""
        query, author, state, days, label = (
            ask.query(name) for name in ("q", "author", "state", "days", "label")
        )
        filters = Filters(
            author=author if author in AUTHORS else None,
            state=state if state in ("bot", "queue", "human", "closed") else None,
            label=label or None,
            since=self._made.tools.now() - timedelta(days=int(days)) if days in PERIODS else None,
        )
        with self._made.tools.look() as uow:
            found = uow.search.messages(query, filters)
            cases = uow.search.cases(query)
            together: dict[str, list[Message]] = {}
            for message in found:
                together.setdefault(message.conversation_id, []).append(message)
            conversations = uow.conversations.many(list(together)[:SHOWN])
            all_labels = uow.work.all_labels()
        hits = [
            Hit(conversations[key], messages[0], snippet(messages[0].text, query), len(messages) - 1)
            for key, messages in together.items()
            if key in conversations
        ]
        return self._pages.page(
            "_search_results.html" if ask.partial else "search.html",
            ask,
            query=query,
            searched=bool(words_of(query)),
            hits=hits,
            cases=[(case, snippet(case.description, query)) for case in cases],
            author=author,
            state=state,
            days=days,
            label=label,
            all_labels=all_labels,
            filters={"q": query, "author": author, "state": state, "days": days, "label": label},
            periods=PERIODS,
            authors=AUTHORS,
            author_words={Author.STUDENT: "Student", Author.HUMAN: "JOB", Author.BOT: "Chatbot"},
        )
