/** The button on the page that opens the chat. */
import { el, icon, spoken } from "./dom.js";
import { T } from "./texts.js";

/** @param {{title: string, onOpen: () => void}} parts */
export function createLauncher({ title, onOpen }) {
  const badge = el("span", { class: "badge", hidden: true });
  const element = el("button", { type: "button", class: "launcher", lang: "nl", "aria-haspopup": "dialog", on: { click: onOpen } }, icon("chat"), el("span", {}, title), badge);
  return {
    element,
    unread(count) {
      badge.hidden = !count;
      badge.replaceChildren(...(count ? [el("span", { "aria-hidden": "true" }, String(Math.min(count, 99))), spoken(` (${T.unread(count)})`)] : []));
    },
  };
}
