/** What a site can choose with data-… attributes on the script tag. A wrong value falls back, and says so in the console. */
import { T } from "./texts.js";

export const BRAND = "#0b4a5e";
const ENOUGH_CONTRAST = 4.5; // WCAG 1.4.3, text

/**
 * @typedef {{api: string, title: string, color: string, position: "left"|"right", open: boolean, privacy: string}} Settings
 * @param {HTMLElement} tag  the script tag
 * @param {URL} address  of the script; its origin is where the helpdesk is
 * @returns {Settings}
 */
export function readSettings(tag, address) {
  const { title, color, position, open, privacy } = tag.dataset;
  return {
    api: `${address.origin}/api/v1`,
    title: title?.trim() || T.title,
    color: readableColor(color),
    position: position === "left" ? "left" : "right",
    open: open !== undefined && open !== "false",
    privacy: new URL(privacy || "/privacy", address).href,
  };
}

/** @returns {string} the colour when white text on it (and it on white) can be read; else the colour of JOB */
export function readableColor(color) {
  if (!color) return BRAND;
  const rgb = parseHex(color.trim());
  if (rgb && contrastWithWhite(rgb) >= ENOUGH_CONTRAST) return color.trim();
  console.warn(`JOB-chat: data-color="${color}" is geen hexkleur met genoeg contrast op wit (4,5:1); de kleur van JOB blijft.`);
  return BRAND;
}

/** "#abc" or "#aabbcc" -> [r, g, b]; anything else -> null */
function parseHex(color) {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color);
  if (short) return short.slice(1).map((digit) => parseInt(digit + digit, 16));
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  return long ? long.slice(1).map((pair) => parseInt(pair, 16)) : null;
}

/** The contrast ratio of WCAG 2: 1 (the same) to 21 (black). */
function contrastWithWhite(rgb) {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}
