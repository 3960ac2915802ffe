/** What a source of ADD is, as BuildKit tells them apart: by how it is written. */
export type AddSource = 'git' | 'remote' | 'archive' | 'local' | 'unclear';

/** `text` is the source with its variables replaced as far as they are known. */
export function kindOfSource(text: string): AddSource {
  if (/^(?:git|ssh):\/\/|^[\w.-]+@[\w.-]+:/.test(text)) return 'git';
  if (/^https?:\/\//i.test(text)) return /\.git(?:[#?].*)?$/.test(text) ? 'git' : 'remote';
  if (/\.(?:tar|t?gz|tgz|tbz2?|bz2|txz|xz|tzst|zst|lzma|tlz|z)$/i.test(text)) return 'archive';
  // A variable that nothing gives a value may be an archive or a URL, unless its name says what it is.
  if (/^\$\{?\w*(?:JAR|WAR)(?:_?FILE|_?PATH)?\}?$/i.test(text)) return 'local';
  return /^\$|\$\{?\w+\}?$/.test(text) ? 'unclear' : 'local';
}
