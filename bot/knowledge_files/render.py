"""The Markdown of an answer, as each channel can show it.

Understood are paragraphs, bold, italics, lists and links. Everything else, HTML and images before all, comes
out as the plain characters that were typed, so no text can bring its own markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = ("https", "http", "mailto", "tel")


Link = Callable[[str, str], str]


def _safe_link(url: str) -> bool:
    return urlsplit(url).scheme.lower() in SCHEMES


def _parser() -> MarkdownIt:
    # "zero" starts from nothing: a rule that a newer version adds stays off until somebody wants it.
    parser = MarkdownIt("zero", {"html": False, "linkify": False})
    parser.enable(["list", "emphasis", "link", "escape", "entity", "newline"])
    parser.validateLink = _safe_link  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def parse(markdown: str) -> list[Token]:
    """The tokens of the allowed Markdown, for who needs more than text."""
    return _PARSER.parse(markdown)


def to_html(markdown: str) -> str:
    """HTML that may stand in any page as it is: escaped, and with links to https, http, mailto and tel only.

    Links open beside the chat, so that the conversation is not lost, and pass on neither window nor address.
    """
    tokens = parse(markdown)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")
                child.attrSet("target", "_blank")
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {})).strip()


def to_whatsapp(markdown: str) -> str:
    """WhatsApp's own markup: `*bold*`, `_italics_`, list signs, and links as `text: address`."""
    return _as_text(parse(markdown), bold="*", italic="_", link=lambda text, url: f"{text}: {url}")


def to_plain(markdown: str) -> str:
    """No markup at all; links as `text (address)`. For a mail, a screen reader's label, a search."""
    return _as_text(parse(markdown), bold="", italic="", link=lambda text, url: f"{text} ({url})")


@lru_cache(maxsize=8192)  # the check looks at every text several times
def visible(markdown: str) -> str:
    """The words that a reader sees on the website: no markup, no addresses. Lengths are counted in this."""
    return _as_text(parse(markdown), bold="", italic="", link=lambda text, url: text)


def _as_text(tokens: Sequence[Token], bold: str, italic: str, link: Link) -> str:
    lines: list[str] = []
    counters: list[int | None] = []  # one for each list around us; None for a list with bullets
    prefix = ""
    for token in tokens:
        if token.type == "ordered_list_open":
            counters.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            counters.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            counters.pop()
            if not counters:
                lines.append("")
                prefix = ""
        elif token.type == "list_item_open":
            number = counters[-1]
            prefix = "  " * (len(counters) - 1) + ("- " if number is None else f"{number}. ")
            counters[-1] = None if number is None else number + 1
        elif token.type == "inline":
            lines.append(prefix + _inline(token.children or [], bold, italic, link))
            prefix = "  " * len(counters)
        elif token.type == "paragraph_close" and not counters:
            lines.append("")
    return "\n".join(lines).strip()


def _inline(children: Sequence[Token], bold: str, italic: str, link: Link) -> str:
    out: list[str] = []
    around: list[tuple[int, str]] = []  # where the text of an open link begins, and its address
    marked: list[int] = []  # where open bold or italics begin
    for token in children:
        if token.type in ("strong_open", "em_open"):
            marked.append(len(out))
            out.append(bold if token.type == "strong_open" else italic)
        elif token.type in ("strong_close", "em_close"):
            start = marked.pop()
            if "://" in "".join(out[start:]):
                out[start] = ""  # a sign straight after an address would become part of it
            else:
                out.append(out[start])
        elif token.type == "link_open":
            around.append((len(out), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, url = around.pop()
            text = "".join(out[start:])
            bare = url.removeprefix("mailto:").removeprefix("tel:")
            out[start:] = [text if text in (url, bare) else link(text, bare)]
        elif token.type == "softbreak":
            out.append(" ")
        elif token.type == "hardbreak":
            out.append("\n")
        else:
            out.append(token.content)
    return "".join(out)
