import { isObject, type JsonValue } from '../../model/json.ts';
import { concealObject, concealText, concealValue } from '../../remedy/redaction.ts';

/** Whether the text of a file looks as if it held a password, a key or the like. Rather once too often. */
export function holdsSecret(text: string): boolean {
  return keyOrHash.test(text) || text.split('\n').some(isSecretLine) || isSecretJson(text);
}

/** A private key, or a password as crypt(5) writes it. */
const keyOrHash = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\$(?:1|2[abxy]?|5|6|7|y|gy|argon2\w+)\$[^\s:]/;

/** `NAME=value`, `name: value`, `"name": "value"`, `- NAME: value`. */
const setting = /^\s*(?:-\s+|export\s+|Environment=)?["']?([\w.-]+)["']?\s*[:=]\s*(\S.*)$/;

function isSecretLine(line: string): boolean {
  if (concealText(line) !== line) return true;
  const [, name = '', value = ''] = setting.exec(line) ?? [];
  // What opens a list or an object is told by what is in it.
  return value !== '' && !/^[[{]/.test(value) && concealValue(name, value) !== value;
}

function isSecretJson(text: string): boolean {
  let value: JsonValue;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue;
  } catch {
    return false;
  }
  return isObject(value) && JSON.stringify(concealObject(value)) !== JSON.stringify(value);
}
