import type { JsonObject, JsonValue } from '../model/json.ts';

const placeholder = '[redacted]';
const secretWord = 'passw(?:or)?d|passphrase|secret|token|credential|(?:api|access|private)[-_.]?key';
const secretName = new RegExp(secretWord, 'i');
/** `token-file`, `secret-name`: where the secret is kept, not what it is. */
const pointerName = /(?:file|path|dir|name|id)$/i;
/** Bounded, because labels are hostile input and a pattern that backtracks is a way to stop us. */
const secretAssignment = new RegExp(String.raw`((?:${secretWord})[\w.-]{0,64}=)[^\s,;&]+`, 'gi');
const urlCredentials = /(:\/\/)[^/\s@]+@/g;

/** What an option of this name may show of its value. */
export function concealValue(name: string, value: string): string {
  return isSecretName(name) ? placeholder : concealText(value);
}

/** Nearly no text has anything like it: looking once is quicker than replacing twice. */
const suspicious = new RegExp(`${secretWord}|://`, 'i');

/** Free text without passwords in `key=value` pairs and in addresses. */
export function concealText(text: string): string {
  if (!suspicious.test(text)) return text;
  return text
    .replace(secretAssignment, (whole, start: string) =>
      isSecretName(start.slice(0, -1)) ? start + placeholder : whole,
    )
    .replace(urlCredentials, `$1${placeholder}@`);
}

/** The words of a command line without the values of options such as `--password`. */
export function concealWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    return before.startsWith('-') && !before.includes('=') && !word.startsWith('-')
      ? concealValue(before, word)
      : concealText(word);
  });
}

/** The same object with every text in it concealed by the name of its key. */
export function concealObject(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, concealJson(value, key)]));
}

function concealJson(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value === 'string') return concealValue(name, value);
  if (Array.isArray(value)) return concealList(value as readonly JsonValue[]);
  return typeof value === 'object' && value !== null ? concealObject(value as JsonObject) : value;
}

function concealList(list: readonly JsonValue[]): readonly JsonValue[] {
  if (list.every((each) => typeof each === 'string')) return concealWords(list);
  return list.map((each) => concealJson(each, '') ?? null);
}

function isSecretName(name: string): boolean {
  return secretName.test(name) && !pointerName.test(name);
}
