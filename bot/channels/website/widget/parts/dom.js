/** Building elements without innerHTML: what a student or the server writes can only ever become text. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]  `class`, `on` ({event: handler}), booleans (true sets, false omits), or text
 * @param {...(Node|string|null|undefined|false)} children  strings become text nodes; empty ones are left out
 * @returns {any} the element
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.filter((child) => child || child === 0));
  return element;
}

/** Text for a screen reader only. */
export const spoken = (text) => el("span", { class: "spoken" }, text);

const ICONS = {
  chat: "M12 3C6.5 3 2 6.8 2 11.5c0 2.4 1.2 4.6 3.1 6.1L4.4 21l4-1.7c1.1.4 2.3.6 3.6.6 5.5 0 10-3.8 10-8.4S17.5 3 12 3Z",
  close: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12 19 6.4 17.6 5 12 10.6Z",
  more: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  send: "M3.4 20.4 21.5 12.7c.7-.3.7-1.1 0-1.4L3.4 3.6c-.6-.3-1.2.2-1.1.8L4 10.8l9 1.2-9 1.2-1.7 6.4c-.1.6.5 1.1 1.1.8Z",
  person: "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm0 2c-4.4 0-8 2.3-8 5.2V21h16v-1.8c0-2.9-3.6-5.2-8-5.2Z",
  robot: "M11 2h2v3h4a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-3l-2 3-2-3H7a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3h4V2ZM9 10a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Zm6 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z",
  save: "M11 3h2v9l3.3-3.3 1.4 1.4L12 15.8l-5.7-5.7 1.4-1.4L11 12V3ZM4 18h16v2.5H4Z",
  erase: "M9 3h6l1 2h5v2H3V5h5l1-2ZM5 9h14l-1 12H6L5 9Z",
  about: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.2 8.5h2.4V17h-2.4v-6.5ZM12 6.5A1.5 1.5 0 1 1 12 9.5 1.5 1.5 0 0 1 12 6.5Z",
  outside: "M14 4h6v6h-2V7.4l-7.3 7.3-1.4-1.4L16.6 6H14V4ZM5 6h5v2H6v10h10v-4h2v6H4V6h1Z",
  down: "M12 16.5 4.5 9 6 7.5l6 6 6-6L19.5 9Z",
};

/** @param {keyof typeof ICONS} name  A drawing that says nothing to a screen reader; the text beside it does. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", ICONS[name]);
  path.setAttribute("fill", "currentColor");
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
