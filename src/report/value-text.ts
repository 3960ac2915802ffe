import type { References } from '../model/control.ts';
import type { Evidence } from '../model/fact.ts';
import type { JsonValue } from '../model/json.ts';
import type { Location } from '../model/location.ts';
import type { Language } from '../model/text.ts';
import { sourceNames, words } from './words.ts';

/** A value on one line: strings as they are, lists of them with commas, `null` as "not set", everything else as JSON. */
export function valueText(value: JsonValue, language: Language): string {
  if (value === null) return words.notSet[language];
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'))
    return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `HostConfig.Privileged: true (engine API)`. */
export function evidenceText({ source, path, value }: Evidence, language: Language): string {
  return `${path}: ${valueText(value, language)} (${sourceNames[source][language]})`;
}

/** `compose.yaml:14:5 services.web.privileged`, or the field alone where no file is known. */
export function locationText({ file, line, column, path }: Location): string {
  if (file === undefined) return path;
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
  return path === '' ? place : `${place} ${path}`;
}

/** Links that are plain web addresses. Anything else that may stand there is no link in any format. */
export function plainLinks(references: References): readonly string[] {
  return (references.links ?? []).filter((link) => plainLink.test(link));
}

const plainLink = /^https:\/\/[\w-]+(?:\.[\w-]+)+(?:\/[\w.~/-]*)?(?:\?[\w.~=&-]*)?(?:#[\w.~=/-]*)?$/;
