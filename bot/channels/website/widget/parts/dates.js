/** Times as a Dutch reader writes them, in the reader's own time zone. */
import { T } from "./texts.js";

const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit" });
const longDay = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long" });
const numbers = new Intl.DateTimeFormat("nl-NL", { day: "2-digit", month: "2-digit", year: "numeric" });

const dayKey = (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;

/** "14:32" */
export const timeOf = (at) => clock.format(new Date(at));

/** One value per calendar day. */
export const dayOf = (at) => dayKey(new Date(at));

/** "Vandaag", "Gisteren" or "vrijdag 20 november" */
export function dayName(at, now = new Date()) {
  const date = new Date(at);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(date) === dayKey(now)) return T.today;
  if (dayKey(date) === dayKey(yesterday)) return T.yesterday;
  return longDay.format(date);
}

/** "22-11-2026 14:32" */
export const fullTime = (at) => `${numbers.format(new Date(at))} ${timeOf(at)}`;

/** "2026-11-22" or "2026-11-22T…" -> "22-11-2026"; a day, so no time zone moves it. Anything else stays as it is. */
export function seenDate(seen) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(seen ?? "");
  return parts ? `${parts[3]}-${parts[2]}-${parts[1]}` : String(seen ?? "");
}
