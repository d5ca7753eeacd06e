/** The conversation as plain text to keep, made in the browser: it goes nowhere else. */
import { fullTime, seenDate } from "./dates.js";
import { T } from "./texts.js";

/** Who said it, in words. */
export function speaker(message) {
  if (message.author === "student") return T.you;
  if (message.author === "human") return T.human(message.name);
  return message.author === "system" ? T.system : T.bot;
}

/** @param {any[]} messages  @returns {string} */
export function transcriptText(messages, now = new Date()) {
  const head = [T.saveTitle, T.saveDate(fullTime(now)), T.disclosure];
  const parts = messages.map((message) =>
    [
      `[${fullTime(message.at)}] ${speaker(message)}`,
      message.text,
      ...(message.buttons ?? []).map((button) => `  ( ) ${button.title}`),
      ...(message.sources ?? []).map((source) =>
        ["  -", source.title, source.url, source.seen && `(${T.seen(seenDate(source.seen))})`].filter(Boolean).join(" "),
      ),
      message.status && message.status !== "sent" ? `  (${T.failed})` : null,
    ]
      .filter(Boolean)
      .join("\n"),
  );
  // Windows line ends: on a school computer this opens in Notepad.
  return [head.join("\n"), ...parts, ""].join("\n\n").replace(/\n/g, "\r\n");
}

/** Offers the text as a download. */
export function saveTranscript(messages, place) {
  const url = URL.createObjectURL(new Blob([transcriptText(messages)], { type: "text/plain;charset=utf-8" }));
  const day = new Date().toISOString().slice(0, 10);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `gesprek-job-${day}.txt`;
  anchor.hidden = true;
  place.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
