/** What a person said where no program can tell, once for all runs. */
export interface Answer {
  readonly control: string;
  readonly holds: boolean;
  /** How it holds, or why not: a link, a document, a name. */
  readonly note: string;
  readonly owner: string;
  /** The day on which it was said: `2026-11-22`. */
  readonly date: string;
  /** The last day on which it counts; absent: a year from the day on which it was said. */
  readonly until?: string;
}
