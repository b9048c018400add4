const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day of a moment in UTC, as people write it: "14 Sep 2026". */
export function dayText(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** A moment in UTC to the minute, sortable: "2026-09-14 02:00". */
export function minuteText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
