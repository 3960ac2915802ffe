/** Versions are some dozens of characters long. What is longer was made to take time. */
const longestVersion = 1000;

/** A text that may be a version in some ordering, without space around it; `undefined` where it is one in none. */
export function writtenVersion(text: string): string | undefined {
  if (text.length > longestVersion) return undefined;
  const written = text.trim();
  return /^[!-~]+$/.test(written) ? written : undefined;
}
