/** Whether a text is a day of the calendar: `2028-02-29`, and not `2027-02-29`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether a day has passed: it lasts to its end in UTC. */
export function isOver(day: string, now: Date): boolean {
  return now.toISOString().slice(0, 10) > day;
}
