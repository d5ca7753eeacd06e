/**
 * Finds telephone numbers in Dutch text, so that a phone can call them with one tap.
 * No lookbehind in the patterns: older iPhones refuse the whole script over it. What stands around a hit is checked in code.
 */

const NUMBER = new RegExp(
  [
    "0[89]00[ -]?\\d{4}(?:[ -]?\\d{3})?(?!\\d)", // 0800-2000, 0900-1234567
    "(?:\\+31|0031)[ -]?(?:\\(0\\))?[ -]?[1-9](?:[ -]?\\d){8}(?!\\d)", // +31 6 12345678
    "0[1-9](?:[ -]?\\d){8}(?!\\d)", // 030-1234567, 06 12 34 56 78, 088 123 45 67
    "14 ?0\\d{2,3}(?!\\d)", // 14 030: a municipality
    "116 ?1(?:11|23)(?!\\d)", // 116 111: Kindertelefoon
    "11[23](?!\\d)", // 112, 113
  ].join("|"),
  "g",
);

// 112 and 113 are also ordinary numbers. A false link does little harm, a missing one can do much: so only what is surely not a
// telephone number is left out.
const COUNTED_AFTER = /^(?:[.,]\d|-\d|[-/.:]?[a-z]|\s*(?:%|€|euro|eur\b|procent|uur|uren|min|dag|we?ek|maand|jaar|student|leerling|leden|mensen|km|kilometer|punt|bladzij|pagina|klachten|vragen|keer))/i;
const COUNTED_BEFORE = /(?:[€/+-]|\d[.,:]|€\s|\b(?:artikel|art\.?|lid|kamer|lokaal|pagina|blz\.?|nr\.?|hoofdstuk)\s)$/i;

/** @returns {{index: number, shown: string, number: string}[]} in order; `number` is what tel: needs */
export function findPhones(text) {
  const found = [];
  for (const match of text.matchAll(NUMBER)) {
    const [shown] = match;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + shown.length);
    if (/[\w+-]$|\b[A-Z]{2}\d{2}[A-Z\d ]*$/.test(before)) continue; // The tail of something longer: a reference, an IBAN.
    if (shown.length === 3 && (COUNTED_AFTER.test(after) || COUNTED_BEFORE.test(before))) continue;
    found.push({ index: match.index, shown, number: shown.replace("(0)", "").replace(/[^\d+]/g, "") });
  }
  return found;
}
