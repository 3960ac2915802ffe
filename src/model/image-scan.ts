/** When an image was last held against advisories on this machine, and against which. */
export interface ImageScan {
  /** When it was looked into, milliseconds since 1970. */
  readonly scanned: number;
  /** When its packages were last held against advisories, milliseconds since 1970; `null`: never, for want of any. */
  readonly matched: number | null;
  /** When the newest of these advisories was changed, milliseconds since 1970; `null` where there were none of its ecosystems. */
  readonly newest: number | null;
  /** When the oldest feed of these advisories was read, milliseconds since 1970. */
  readonly read: number | null;
}
