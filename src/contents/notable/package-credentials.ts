import { defineNotable } from '../notable-reader.ts';
import { isPlaceholder, isSetting } from '../secrets/placeholder.ts';
import { type CredentialField, credentialFiles } from './credential-files.ts';
import { isPublishedPlace } from './published-place.ts';
import { indexPaths } from '../path-index.ts';

const fieldsOf = indexPaths(
  credentialFiles.flatMap(({ globs, fields }) => globs.map((glob) => [glob, fields] as const)),
);

/** Values of one file that are looked at. */
const mostValues = 200;

/** Files in which package managers and their like keep passwords and tokens. Told is the name of the field, where it has a value that is none for show. */
export const packageCredentials = defineNotable({
  id: 'package-credentials',
  globs: credentialFiles.flatMap(({ globs }) => globs),
  limit: 256 * 1024,
  read({ path, text }) {
    if (isPublishedPlace(path)) return [];
    // Examples in comments are usual in XML.
    const written = withoutComments(text());
    const found = fieldsOf.of(path).flatMap((fields) => fields.flatMap((field) => namesIn(written, field)));
    return [...new Set(found)].map((detail) => ({ kind: 'package-credentials', detail }));
  },
});

function withoutComments(text: string): string {
  let [plain, at] = ['', 0];
  for (let begin = text.indexOf('<!--'); begin >= 0; begin = text.indexOf('<!--', at)) {
    plain += text.slice(at, begin);
    const end = text.indexOf('-->', begin);
    if (end < 0) return plain;
    at = end + 3;
  }
  return plain + text.slice(at);
}

function namesIn(text: string, { name, pattern, isLogin }: CredentialField): string[] {
  const names = new Set<string>();
  let looked = 0;
  for (const { groups = {} } of text.matchAll(pattern)) {
    looked += 1;
    if (looked > mostValues) break;
    const { value = '' } = groups;
    if (isLogin ? isRealLogin(value) : isRealValue(value)) names.add(groups['name'] ?? name);
  }
  return [...names];
}

function isRealValue(value: string): boolean {
  const plain = decoded(value);
  // Maven writes what it has encrypted in braces.
  return plain.length > 1 && !/^\{.*\}$/.test(plain) && !isPlaceholder(plain) && !isSetting(plain);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function isRealLogin(value: string): boolean {
  const login = Buffer.from(value, 'base64').toString('latin1');
  const colon = login.indexOf(':');
  return colon > 0 && isRealValue(login.slice(colon + 1).replaceAll('\0', ''));
}
