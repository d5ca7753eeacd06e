/** The restricted Markdown of an answer -> DOM nodes. Never HTML: a tag in the text is shown as text. */
import { el, icon, spoken } from "./dom.js";
import { findPhones } from "./phones.js";
import { T } from "./texts.js";

const BULLET = /^\s*[-*•]\s+(.*)$/;
const NUMBER = /^\s*(\d{1,3})[.)]\s+(.*)$/;
// In this order: [text](address), **bold**, a bare https address.
const INLINE = /\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*([^*\n]+(?:\*[^*\n]+)*)\*\*|(https:\/\/[^\s<>"')\]]+)/g;

/** @returns {DocumentFragment} paragraphs and lists */
export function renderMarkdown(text) {
  const out = document.createDocumentFragment();
  let block = null;
  for (const line of String(text ?? "").replace(/\r\n?/g, "\n").split("\n")) {
    const bullet = BULLET.exec(line);
    const number = NUMBER.exec(line);
    if (!line.trim()) {
      // A list goes on after an empty line between its items; a paragraph does not.
      if (block?.tagName === "P") block = null;
    } else if (bullet) {
      block = continued(block, "UL") ?? out.appendChild(el("ul"));
      block.append(el("li", {}, renderInline(bullet[1])));
    } else if (number) {
      block = continued(block, "OL") ?? out.appendChild(el("ol", { start: number[1] === "1" ? null : number[1] }));
      block.append(el("li", {}, renderInline(number[2])));
    } else if (block && block.tagName !== "P" && /^\s{2,}/.test(line)) {
      block.lastElementChild.append(el("br"), renderInline(line.trim()));
    } else if (block?.tagName === "P") {
      block.append(el("br"), renderInline(line));
    } else {
      block = out.appendChild(el("p", {}, renderInline(line)));
    }
  }
  return out;
}

const continued = (block, tag) => (block?.tagName === tag ? block : null);

/** @returns {DocumentFragment} */
function renderInline(text) {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    out.append(withPhones(text.slice(from, match.index)));
    from = match.index + match[0].length;
    const [whole, label, address, bold, bare] = match;
    if (bold !== undefined) {
      out.append(el("strong", {}, renderInline(bold)));
    } else if (bare !== undefined) {
      const tail = /[.,;:!?]+$/.exec(bare)?.[0] ?? ""; // The full stop ends the sentence, not the address.
      out.append(link(bare.slice(0, bare.length - tail.length)), tail);
    } else {
      out.append(link(address, label) ?? whole);
    }
  }
  out.append(withPhones(text.slice(from)));
  return out;
}

/** @returns {HTMLElement|null} a link; null when the address is not one we trust (javascript:, data:, http:, relative) */
export function link(address, label = address.replace(/^https:\/\/(www\.)?/, "")) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol === "tel:" || url.protocol === "mailto:") return el("a", { href: url.href }, label);
  if (url.protocol !== "https:") return null;
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, label, icon("outside"), spoken(` ${T.newTab}`));
}

function withPhones(text) {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const { index, shown, number } of findPhones(text)) {
    out.append(text.slice(from, index), el("a", { href: `tel:${number}`, class: "phone" }, shown));
    from = index + shown.length;
  }
  out.append(text.slice(from));
  return out;
}
