/** A manifest has some kilobytes; of signed archives, megabytes of digests after what matters here. */
export const manifestLength = 256 * 1024;

/**
 * The main attributes of `META-INF/MANIFEST.MF`, names in lower case. A line that begins with a space continues the one before,
 * without one. The first of two attributes of a name counts.
 */
export function readManifest(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const lines = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const parts = [lines[index] ?? ''];
    // What follows an empty line are attributes of single entries.
    if (parts[0] === '') break;
    while (lines[index + 1]?.startsWith(' ')) {
      index += 1;
      parts.push((lines[index] ?? '').slice(1));
    }
    const line = parts.join('');
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (name !== '' && !attributes.has(name)) attributes.set(name, line.slice(colon + 1).trim());
  }
  return attributes;
}
