/** The two small dialogs over the chat: "Gesprek wissen?" and "Over deze chat". Modal, so native <dialog> keeps the focus in. */
import { el } from "./dom.js";
import { link } from "./markdown.js";
import { T } from "./texts.js";

function sheet(role, title, ...content) {
  const id = `sheet-${role}`;
  const element = el("dialog", { class: "sheet", role, "aria-labelledby": id, "aria-describedby": `${id}-text` },
    el("h3", { id }, title), ...content);
  // Escape closes the sheet only; the chat under it must not hear it.
  element.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
  element.addEventListener("close", (event) => event.stopPropagation());
  element.addEventListener("cancel", (event) => event.stopPropagation());
  element.addEventListener("click", (event) => event.target === element && element.close());
  return { element, id };
}

/** @param {{onErase: () => void, onClose: () => void}} actions */
export function createEraseSheet({ onErase, onClose }) {
  const no = el("button", { type: "button", class: "quiet", on: { click: () => element.close() } }, T.cancel);
  const yes = el("button", { type: "button", class: "danger", on: { click: () => { element.close(); onErase(); } } }, T.eraseYes);
  const { element, id } = sheet("alertdialog", T.eraseTitle);
  element.append(el("p", { id: `${id}-text` }, T.eraseText), el("div", { class: "actions" }, no, yes));
  element.addEventListener("close", onClose);
  return {
    element,
    open() {
      element.showModal();
      no.focus(); // The harmless one.
    },
  };
}

/** @param {{privacy: string, onClose: () => void}} parts */
export function createAboutSheet({ privacy, onClose }) {
  const ok = el("button", { type: "button", class: "primary", on: { click: () => element.close() } }, T.ok);
  const { element, id } = sheet("dialog", T.about);
  const more = link(privacy, T.privacy) ?? el("a", { href: privacy, target: "_blank", rel: "noopener noreferrer" }, `${T.privacy} ${T.newTab}`);
  element.append(el("div", { id: `${id}-text` }, ...T.aboutText.map((text) => el("p", {}, text))), el("p", {}, more), el("div", { class: "actions" }, ok));
  element.addEventListener("close", onClose);
  return {
    element,
    open() {
      element.showModal();
      ok.focus();
    },
  };
}
