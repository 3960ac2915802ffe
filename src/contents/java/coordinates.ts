/** What Maven calls a library by. */
export interface Coordinates {
  /** Absent where nothing tells it beyond doubt. */
  readonly group?: string;
  readonly artifact: string;
  /** '' where nothing tells it. */
  readonly version: string;
  readonly licenses?: readonly string[];
}

/** Whether a text can be a group or an artifact: Maven's own rule, and no variable. */
export function isName(text: string | undefined): text is string {
  return text !== undefined && /^[\w.-]{1,200}$/.test(text);
}

/** Whether a text is a version and not a variable, a sentence or Gradle's `unspecified`. */
export function isVersion(text: string | undefined): text is string {
  return text !== undefined && /^[\w.+~:-]{1,100}$/.test(text) && /\d/.test(text);
}
