/** Reading server-sent events from a fetch: EventSource sends no Authorization header, and a token never stands in a URL. */

/**
 * Turns pieces of text into events, wherever the network happened to cut them.
 * @param {(event: {type: string, data: string, id: string}) => void} onEvent
 * @returns {(piece: string) => void}
 */
export function eventParser(onEvent) {
  let rest = "";
  let type = "";
  let id = "";
  let data = [];

  function line(text) {
    if (text === "") {
      if (data.length) onEvent({ type: type || "message", data: data.join("\n"), id });
      type = "";
      id = "";
      data = [];
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return; // A comment: the server keeps the line open.
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") type = value;
    else if (field === "data") data.push(value);
    else if (field === "id") id = value;
  }

  return (piece) => {
    rest += piece;
    // A \r at the very end may be half of \r\n: wait for what follows.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

/**
 * Reads one stream to its end. Resolves when the server closes it, rejects when it breaks or stays silent too long.
 * @param {Response} response
 * @param {{onEvent: (event: any) => void, onAlive: () => void, silence: number, stop: () => void}} options
 *   silence: ms without a single byte (not even a keep-alive comment) after which the line counts as dead
 */
export async function readEvents(response, { onEvent, onAlive, silence, stop }) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parse = eventParser(onEvent);
  let timer = setTimeout(stop, silence);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(stop, silence);
      onAlive();
      parse(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}
