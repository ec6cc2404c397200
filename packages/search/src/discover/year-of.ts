const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/;

/** An ISO 8601 date, with or without a time, as a year with fraction: 1970-07-02T12:00 → 1970.5; NaN for any other text. */
export function yearOf(text: string): number {
  const match = pattern.exec(text.trim());
  if (!match) return Number.NaN;
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0', sign, zoneHours = '0', zoneMinutes = '0'] =
    match;
  if ([hours, zoneHours].some((h) => Number(h) > 23)) return Number.NaN;
  if ([minutes, zoneMinutes, seconds].some((m) => Number.parseInt(m, 10) > 59)) return Number.NaN;
  const time = 60 * (60 * Number(hours) + Number(minutes)) + Number(seconds.replace(',', '.'));
  const zone = (sign === '-' ? -3600 : 3600) * (Number(zoneHours) + Number(zoneMinutes) / 60);
  // The calendar repeats after 400 years; Date.UTC takes years below 100 for those of the 20th century.
  const midnight = Date.UTC(Number(year) + 400, Number(month) - 1, Number(day));
  const date = new Date(midnight);
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return Number.NaN;
  const at = midnight + 1000 * (time - zone);
  const shifted = new Date(at).getUTCFullYear();
  const start = Date.UTC(shifted, 0, 1);
  return shifted - 400 + (at - start) / (Date.UTC(shifted + 1, 0, 1) - start);
}
