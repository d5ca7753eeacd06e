/** Where the student types: the draft, the counter, sending. */
import { el, icon } from "./dom.js";
import { T } from "./texts.js";

export const LIMIT = 4000; // The server refuses more (422 text_too_long).
const NEAR = 200;

/** Characters as the server counts them: an emoji is one. */
const lengthOf = (text) => [...text].length;

/** @param {{tab: any, onSend: (text: string) => void, say: (text: string) => void}} parts */
export function createComposer({ tab, onSend, say }) {
  const counter = el("p", { class: "counter", id: "counter", hidden: true });
  const input = el("textarea", {
    id: "input", rows: "1", placeholder: T.placeholder, enterkeyhint: "send", autocomplete: "off",
    "aria-describedby": "counter",
    on: { input: () => changed(), keydown: (event) => onKey(event) },
  });
  const send = el("button", { type: "submit", class: "send", "aria-label": T.send, title: T.send }, icon("send"));
  const element = el("form", { class: "composer", novalidate: true, on: { submit: (event) => submit(event) } },
    el("label", { for: "input", class: "spoken" }, T.input), el("div", { class: "field" }, input, send), counter);

  function onKey(event) {
    // While composing (accents, Chinese) Enter accepts a letter.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(event);
  }

  function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return input.focus();
    if (lengthOf(text) > LIMIT) {
      say(counter.textContent);
      return input.focus();
    }
    set("");
    onSend(text);
    return input.focus();
  }

  function set(text) {
    input.value = text;
    changed();
  }

  function changed() {
    const left = LIMIT - lengthOf(input.value.trim());
    const was = counter.dataset.level ?? "";
    const level = left < 0 ? "over" : left <= NEAR ? "near" : "";
    counter.hidden = !level;
    counter.dataset.level = level;
    counter.textContent = left < 0 ? T.over(-left) : T.left(left);
    if (level && level !== was) say(counter.textContent); // Once at each border, not at every key.
    input.setAttribute("aria-invalid", String(left < 0));
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    if (input.value) tab.set("draft", input.value);
    else tab.remove("draft");
  }

  input.value = tab.get("draft") ?? "";
  return {
    element,
    focus: () => input.focus(),
    /** The height is only known once it is on the screen. */
    fit: changed,
    set,
    /** @returns {boolean} something is being typed */
    get busy() {
      return Boolean(input.value.trim());
    },
  };
}
