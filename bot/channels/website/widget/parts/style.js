/**
 * Loads style.css into the shadow root. As a constructed stylesheet it needs no permission in the site's style-src; where a
 * browser has none (before 2023) or the fetch fails, a <link> does it. Resolves when the style is there, so nothing flashes.
 */
import { el } from "./dom.js";

/** @param {ShadowRoot} root  @param {URL} address */
export async function applyStyle(root, address) {
  try {
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok) throw new Error(`style.css: ${response.status}`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await response.text());
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(el("link", { rel: "stylesheet", href: address.href }));
  }
}
