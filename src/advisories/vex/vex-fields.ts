import { type JsonObject, type JsonValue, listIn, textIn } from '../../model/json.ts';
import { parsePurl, type Purl, writePurl } from '../../model/purl.ts';

/** Of a text for people; what is longer is cut. */
const longestText = 4000;
const longestIdentity = 4000;

/** A text that says something, cut where it is too long: undefined for '' and for all else that is none. */
export function filledText(value: JsonValue | undefined, key: string): string | undefined {
  const text = textIn(value, key);
  if (text === undefined || text === '') return undefined;
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** The texts of a list that say something, without all else that may stand there. */
export function textsIn(value: JsonValue | undefined, key: string): readonly string[] {
  return listIn(value, key).filter((each) => typeof each === 'string' && each !== '') as readonly string[];
}

/** The last second that a date of four digits can tell. */
export const latestSecond = 253_402_300_799;

/** A date of RFC 3339 as whole seconds since 1970; undefined for what is none, and for years that nobody means. */
export function secondsIn(value: JsonValue | undefined, key: string): number | undefined {
  const text = textIn(value, key);
  if (text === undefined || text.length > 64 || !/^\d{4}-\d\d-\d\d(?:[Tt ]|$)/.test(text)) return undefined;
  const seconds = Math.floor(Date.parse(text) / 1000);
  return seconds >= 0 && seconds <= latestSecond ? seconds : undefined;
}

/** The purl in canonical form; undefined for what is none. */
export function canonicalPurl(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longestIdentity) return undefined;
  const purl = parsePurl(text);
  return purl && writePurl(purl);
}

/** Whether a purl is that of an image. */
export function isImagePurl(purl: string): boolean {
  return purl.startsWith('pkg:oci/') || purl.startsWith('pkg:docker/');
}

/** The digest of an image at the end of a text: `sha256:…` itself, or a reference with it. */
export function digestAtEnd(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longestIdentity) return undefined;
  return /(?:^|@)(sha256:[\da-f]{64}|sha512:[\da-f]{128})$/.exec(text)?.[1];
}

/** The digest of hexadecimal digits, as hashes are written: `sha-256` and `SHA-256` are `sha256`. */
export function digestOf(algorithm: string, digits: string | undefined): string | undefined {
  const name = algorithm.toLowerCase().replace('-', '');
  return digits === undefined ? undefined : digestAtEnd(`${name}:${digits.toLowerCase()}`);
}

/** The purl with another qualifier beside its own; as it is where it has that one. */
export function withQualifier(text: string, key: string, value: string): string {
  const purl = parsePurl(text);
  if (!purl || purl.qualifiers.has(key)) return text;
  return changedPurl(purl, { qualifiers: new Map([...purl.qualifiers, [key, value]]) });
}

/** The purl with this version instead of its own. */
export function withVersion(text: string, version: string): string {
  const purl = parsePurl(text);
  return purl ? changedPurl(purl, { version }) : text;
}

function changedPurl(purl: Purl, change: Partial<Purl>): string {
  return writePurl({ ...purl, ...change });
}

/** Objects of a list with their place in it: `affects[2]`. */
export function* objectsIn(value: JsonObject, key: string, place = ''): Generator<readonly [JsonObject, string]> {
  for (const [index, each] of listIn(value, key).entries()) {
    // What is no object has no fields: whoever reads it says what is missing.
    const fields = typeof each === 'object' && each !== null && !Array.isArray(each) ? (each as JsonObject) : {};
    yield [fields, `${place}${key}[${index}]`];
  }
}
