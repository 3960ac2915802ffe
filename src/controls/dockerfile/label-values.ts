import { parseImageReference } from '../../model/image-reference.ts';
import type { Text } from '../../model/text.ts';
import { isSpdxExpression } from './spdx-expression.ts';

/** What the value of a label can be asked to be. */
export type LabelType = 'text' | 'url' | 'rfc3339' | 'spdx' | 'hash' | 'semver' | 'email' | 'image' | 'digest';

interface Rule {
  readonly holds: (value: string) => boolean;
  /** What it should be. */
  readonly name: Text;
}

const rules: Readonly<Record<LabelType, Rule>> = {
  text: { holds: () => true, name: { en: 'a text', zh: '文本' } },
  url: { holds: isUrl, name: { en: 'a URL', zh: 'URL' } },
  rfc3339: {
    holds: isTime,
    name: { en: 'a time like 2026-01-31T12:00:00Z (RFC 3339)', zh: '形如 2026-01-31T12:00:00Z 的时间（RFC 3339）' },
  },
  spdx: {
    holds: isSpdxExpression,
    name: { en: 'a license expression of SPDX, like Apache-2.0', zh: 'SPDX 许可证表达式，如 Apache-2.0' },
  },
  hash: {
    holds: (value) => /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/i.test(value),
    name: { en: 'the hash of a git commit', zh: 'git 提交的哈希' },
  },
  semver: { holds: isSemanticVersion, name: { en: 'a semantic version, like 1.4.0', zh: '语义化版本，如 1.4.0' } },
  email: { holds: isEmail, name: { en: 'an e-mail address', zh: '电子邮件地址' } },
  image: {
    holds: (value) => parseImageReference(value) !== undefined,
    name: { en: 'the name of an image', zh: '镜像名称' },
  },
  digest: {
    holds: (value) => /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/.test(value),
    name: { en: 'a digest, like sha256:…', zh: 'digest，如 sha256:…' },
  },
};

/** Labels that the OCI image specification gives a form; of the others any text will do. */
const ociTypes: Readonly<Record<string, LabelType>> = {
  authors: 'text',
  'base.digest': 'digest',
  'base.name': 'image',
  created: 'rfc3339',
  description: 'text',
  documentation: 'url',
  licenses: 'spdx',
  'ref.name': 'text',
  revision: 'text',
  source: 'url',
  title: 'text',
  url: 'url',
  vendor: 'text',
  version: 'text',
};

const ociPrefix = 'org.opencontainers.image.';

/** What the value of a label is asked to be by its key. */
export function typeOfLabel(key: string): LabelType | undefined {
  const name = key.startsWith(ociPrefix) ? key.slice(ociPrefix.length) : '';
  return Object.hasOwn(ociTypes, name) ? ociTypes[name] : undefined;
}

export function isLabelType(name: unknown): name is LabelType {
  return typeof name === 'string' && Object.hasOwn(rules, name);
}

/** What a value should be and is not; undefined where it is right. */
export function expectedOf(type: LabelType, value: string): Text | undefined {
  const { holds, name } = rules[type];
  return holds(value) ? undefined : name;
}

function isUrl(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/]+/i.test(value) && !/\s/.test(value) && URL.canParse(value);
}

const time = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/;

function isTime(value: string): boolean {
  const [, ...parts] = time.exec(value) ?? [];
  if (parts.length === 0) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = parts.map(
    (part) => Number(part ?? 0),
  );
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 61 && zoneHour < 24 && zoneMinute < 60;
}

function isSemanticVersion(value: string): boolean {
  const [, numbers = '', early, build] = /^([^-+]+)(?:-([^+]*))?(?:\+(.*))?$/.exec(value) ?? [];
  const parts = numbers.split('.');
  return (
    parts.length === 3 &&
    parts.every(isNumber) &&
    (early === undefined ||
      early.split('.').every((part) => isPart(part) && (!/^\d+$/.test(part) || isNumber(part)))) &&
    (build === undefined || build.split('.').every(isPart))
  );
}

function isNumber(text: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(text);
}

function isPart(text: string): boolean {
  return /^[0-9A-Za-z-]+$/.test(text);
}

function isEmail(value: string): boolean {
  const [name = '', host = '', ...rest] = value.split('@');
  return (
    rest.length === 0 &&
    /^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(name) &&
    /^[A-Za-z0-9.-]+$/.test(host) &&
    host.includes('.') &&
    host.split('.').every((part) => part !== '' && !/^-|-$/.test(part))
  );
}
