from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge_files.render import to_html, to_plain, to_whatsapp, visible

ANSWER = """\
Ja, dat **mag**. Kijk bij
[de regels van DUO](https://duo.nl/a_b?c=1&d=2).

- punt een
- punt **twee**

1. Vraag het.
2. Mail het.

Slot."""


def test_html_has_paragraphs_bold_lists_and_links() -> None:
    html = to_html(ANSWER)
    assert "<strong>mag</strong>" in html
    assert "<ul>\n<li>punt een</li>\n<li>punt <strong>twee</strong></li>\n</ul>" in html
    assert "<ol>\n<li>Vraag het.</li>\n<li>Mail het.</li>\n</ol>" in html
    assert 'href="https://duo.nl/a_b?c=1&amp;d=2"' in html


def test_a_link_opens_beside_the_chat_and_passes_nothing_on() -> None:
    assert to_html("[DUO](https://duo.nl)") == (
        '<p><a href="https://duo.nl" rel="noopener noreferrer" target="_blank">DUO</a></p>'
    )


def test_whatsapp_gets_its_own_signs_and_readable_links() -> None:
    assert to_whatsapp(ANSWER) == (
        "Ja, dat *mag*. Kijk bij de regels van DUO: https://duo.nl/a_b?c=1&d=2.\n\n"
        "- punt een\n- punt *twee*\n\n"
        "1. Vraag het.\n2. Mail het.\n\n"
        "Slot."
    )


def test_plain_text_has_no_signs_and_keeps_the_addresses() -> None:
    assert to_plain("Ja, **mag**. Zie [DUO](https://duo.nl).") == "Ja, mag. Zie DUO (https://duo.nl)."


def test_lengths_are_counted_without_signs_and_addresses() -> None:
    assert visible("Ja, **mag**. Zie [DUO](https://duo.nl).") == "Ja, mag. Zie DUO."


def test_a_bold_link_on_whatsapp_keeps_its_address_whole() -> None:
    assert to_whatsapp("**[DUO](https://duo.nl)**") == "DUO: https://duo.nl"


def test_an_address_as_link_text_is_not_said_twice() -> None:
    assert to_whatsapp("[https://duo.nl](https://duo.nl)") == "https://duo.nl"


def test_a_phone_number_and_a_mail_address_lose_their_prefix() -> None:
    assert (
        to_plain("[bel 113](tel:0800-0113) of [mail](mailto:a@job.nl)")
        == "bel 113 (0800-0113) of mail (a@job.nl)"
    )


def test_numbers_go_on_where_the_list_began() -> None:
    assert to_whatsapp("3. drie\n4. vier") == "3. drie\n4. vier"


def test_a_paragraph_after_a_list_is_not_indented() -> None:
    assert to_plain("- een\n\nSlot.") == "- een\n\nSlot."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://x.nl/a.png)",
        "# kop",
        "`code`",
        "> citaat",
    ],
)
def test_markup_that_is_not_ours_stays_plain_characters(text: str) -> None:
    html = to_html(text)
    assert "<script" not in html
    assert "<img" not in html
    assert "<h1" not in html
    assert "<code" not in html
    assert "<blockquote" not in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.nl", "/inside"]
)
def test_a_link_elsewhere_than_the_web_mail_or_phone_is_no_link(url: str) -> None:
    assert "<a" not in to_html(f"[x]({url})")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


MARKUP = st.text(
    alphabet=st.sampled_from("ab *_[]()<>!#`&;:/\\\n\"'-1.x") | st.characters(codec="utf-8"), max_size=80
)


@given(
    MARKUP
    | st.tuples(MARKUP, st.sampled_from(["javascript:", "https://", "<a href=x>", "data:"]), MARKUP).map(
        "".join
    )
)
def test_no_text_whatever_can_bring_its_own_html(text: str) -> None:
    seen = _Tags()
    seen.feed(to_html(text))
    assert seen.tags <= {"p", "strong", "em", "ul", "ol", "li", "a", "br"}
    assert seen.attributes <= {"href", "rel", "target", "title", "start"}
    assert all(link.lower().startswith(("https:", "http:", "mailto:", "tel:")) for link in seen.links)


@given(MARKUP)
def test_every_text_can_be_said_on_every_channel(text: str) -> None:
    assert isinstance(to_whatsapp(text) + to_plain(text) + visible(text), str)
