/** A port that an image declares. */
export interface ImagePort {
  /** As written: `8080/tcp`, `9000-9100`. */
  readonly text: string;
  readonly from: number;
  /** The same as `from` unless it is a range. */
  readonly to: number;
  readonly protocol: string;
}

/** A port or a range of them; undefined for anything else. Without a protocol it is TCP. */
export function imagePort(text: string): ImagePort | undefined {
  const [, first, last, protocol = 'tcp'] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?$/.exec(text.trim()) ?? [];
  if (first === undefined) return undefined;
  return { text, from: Number(first), to: Number(last ?? first), protocol: protocol.toLowerCase() };
}
