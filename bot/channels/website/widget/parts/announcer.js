/**
 * Tells a screen reader what is new: messages, a change of who answers, a problem. Each once, one after the other, and gone a
 * little later, so that nobody finds the same text twice when reading through the page.
 */
import { el } from "./dom.js";

const GONE_MS = 15_000;

export function createAnnouncer() {
  const element = el("div", { class: "spoken", role: "status", "aria-live": "polite", "aria-relevant": "additions" });
  return {
    element,
    say(text) {
      const line = el("p", {}, text);
      element.append(line);
      setTimeout(() => line.remove(), GONE_MS);
    },
  };
}
