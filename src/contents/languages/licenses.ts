import { isObject, type JsonValue, textIn } from '../../model/json.ts';
import type { Stanza } from '../stanzas.ts';

/** Longer ones are the text of a license, not its name. */
const longest = 200;
const most = 20;

/** Names of licenses as somebody wrote them: one line each, none twice, no whole texts. */
export function licenseNames(written: readonly (string | undefined)[]): readonly string[] {
  const names = written
    .slice(0, 1000)
    .map((name) => name?.trim() ?? '')
    .filter(
      (name) => name !== '' && name.length <= longest && !name.includes('\n') && name.toUpperCase() !== 'UNKNOWN',
    );
  return [...new Set(names)].slice(0, most);
}

/** `"MIT"`, `{ "type": "MIT" }`, `["MIT", { "type": "Apache-2.0" }]`: `license` and `licenses` of package.json, composer.lock. */
export function licensesInJson(...values: readonly (JsonValue | undefined)[]): readonly string[] {
  return licenseNames(values.flatMap(namesIn));
}

function namesIn(value: JsonValue | undefined): readonly (string | undefined)[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).slice(0, 100).map(nameIn);
  return [nameIn(value)];
}

function nameIn(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return isObject(value) ? (textIn(value, 'type') ?? textIn(value, 'name')) : undefined;
}

/** Of Python's metadata: the expression where there is one, else the field for people, else the classifiers. */
export function licensesInMetadata(fields: Stanza): readonly string[] {
  const expression = licenseNames([fields.get('license-expression')]);
  if (expression.length > 0) return expression;
  const name = licenseNames([fields.get('license')]);
  if (name.length > 0) return name;
  const classifiers = fields.get('classifier')?.split('\n') ?? [];
  return licenseNames(
    classifiers
      .filter((classifier) => classifier.startsWith('License ::'))
      .map((classifier) => classifier.slice(classifier.lastIndexOf('::') + 2))
      .filter((classifier) => classifier.trim() !== 'OSI Approved'),
  );
}
