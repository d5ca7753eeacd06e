/** The menu in the header: a button that shows a short list of buttons. */
import { el, icon } from "./dom.js";
import { T } from "./texts.js";

/** @param {{icon: string, text: string, act: () => void}[]} entries */
export function createMenu(entries) {
  const list = el("ul", { class: "menu-list", id: "menu", hidden: true },
    ...entries.map((entry) => el("li", {}, el("button", { type: "button", on: { click: () => { show(false); entry.act(); } } }, icon(entry.icon), entry.text))));
  const button = el("button", { type: "button", class: "round", "aria-expanded": "false", "aria-controls": "menu", "aria-label": T.menu, title: T.menu,
    on: { click: () => show(list.hidden) } }, icon("more"));
  const element = el("div", { class: "menu", on: { focusout: (event) => leave(event), keydown: (event) => onKey(event) } }, button, list);

  function show(open) {
    if (!open && list.contains(element.getRootNode().activeElement)) button.focus();
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) list.querySelector("button").focus();
  }

  function leave(event) {
    if (!list.hidden && event.relatedTarget && !element.contains(event.relatedTarget)) show(false);
  }

  function onKey(event) {
    if (list.hidden) return;
    const buttons = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      show(false);
      event.preventDefault(); // This one is for the menu, not for the chat.
    } else if (step) {
      const at = buttons.indexOf(element.getRootNode().activeElement);
      buttons[(at + step + buttons.length) % buttons.length].focus();
      event.preventDefault();
    }
  }

  return {
    element,
    button,
    /** @param {Event} event  a press somewhere in the chat */
    pressed: (event) => !list.hidden && !event.composedPath().includes(element) && show(false),
  };
}
