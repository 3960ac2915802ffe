import { createHash } from 'node:crypto';
import type { ReportContents } from '../../model/report-contents.ts';

/** `[…]` as a number of 256 bits, in hexadecimal digits: equal lists only have equal ones. */
export function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A UUID of version 8 (RFC 9562): equal lists have equal ones. */
export function uuidOf(parts: readonly unknown[]): string {
  const digits = digestOf(parts);
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/** What tells one bill from another: the image, and everything that is listed. */
export function partsOf({ target, distribution, layers, packages }: ReportContents): readonly unknown[] {
  return [target.name, target.digest, target.repoDigests, distribution, layers.map(({ digest }) => digest), packages];
}

/** The digits of `sha256:…`; undefined for anything else. */
export function sha256Digits(digest: string | undefined): string | undefined {
  return digest === undefined ? undefined : /^sha256:([\da-f]{64})$/.exec(digest)?.[1];
}

/** A lone surrogate is legal for JSON.stringify and refused by strict readers. */
export function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
