import { isDeepStrictEqual } from 'node:util';
import type { Mount } from '../../model/container-spec.ts';
import { commaFields, splitAround } from '../../syntax/docker-run/split.ts';

// A mount that changes keeps the notation that it was written in, and its source as it is written there.

const propagations = /^r?(?:shared|slave|private|unbindable)$/;

/** `source:target:flags` after a change; undefined where it cannot say it. */
export function shortVolume(written: string, before: Mount, after: Mount): string | undefined {
  const parts = splitAround(written, ':');
  const isNamed = before.anonymous === true && after.source !== undefined && after.anonymous !== true;
  if (!isSame(unchangeable(before, isNamed), unchangeable(after, isNamed))) return undefined;
  if (parts.length === 1) return isNamed ? named(after, written, []) : undefined;
  const [source = '', target = '', flags = '', ...more] = parts;
  // One letter in front is a drive of Windows.
  if (more.length > 0 || /^[A-Za-z]$/.test(source)) return undefined;
  const words = changedWords(flags.split(',').filter(Boolean), before, after);
  return isNamed
    ? named(after, target, words)
    : [source, target, ...(words.length > 0 ? [words.join(',')] : [])].join(':');
}

function named({ source = '' }: Mount, target: string, words: readonly string[]): string {
  return [source, target, ...(words.length > 0 ? [words.join(',')] : [])].join(':');
}

/** What the flags of the short form do not say. */
function unchangeable({ readOnly: _r, propagation: _p, ...rest }: Mount, isNamed: boolean): object {
  if (!isNamed) return { ...rest };
  const { source: _source, anonymous: _anonymous, ...others } = rest;
  return others;
}

function changedWords(words: readonly string[], before: Mount, after: Mount): string[] {
  let next = [...words];
  if (before.readOnly !== after.readOnly) {
    next = next.filter((word) => !['ro', 'rw', 'readonly'].includes(word));
    if (after.readOnly) next.unshift('ro');
  }
  if (before.propagation !== after.propagation) {
    next = next.filter((word) => !propagations.test(word));
    if (after.propagation && after.propagation !== 'rprivate') next.push(after.propagation);
  }
  return next;
}

/** `type=bind,source=…` after a change; undefined where only fields that are not written there would say it. */
export function longMount(written: string, before: Mount, after: Mount): string | undefined {
  if (written.includes('"')) return undefined;
  const keptBefore = { ...before, readOnly: true, propagation: '', readOnlyNonRecursive: undefined };
  const keptAfter = { ...after, readOnly: true, propagation: '', readOnlyNonRecursive: undefined };
  if (!isSame(keptBefore, keptAfter)) return undefined;
  let fields = commaFields(written);
  const without = (names: readonly string[]) =>
    fields.filter((field) => !names.includes((field.split('=')[0] ?? '').trim().toLowerCase()));
  if (before.readOnly !== after.readOnly) {
    fields = without(['ro', 'readonly', 'rw']);
    if (after.readOnly) fields.push('readonly');
  }
  if (before.propagation !== after.propagation) {
    fields = without(['bind-propagation']);
    if (after.propagation && after.propagation !== 'rprivate') fields.push(`bind-propagation=${after.propagation}`);
  }
  if (before.readOnlyNonRecursive !== after.readOnlyNonRecursive) {
    fields = without(['bind-recursive']);
    if (after.readOnlyNonRecursive) fields.push('bind-recursive=writable');
  }
  return fields.join(',');
}

/** `/run:size=64m` with other options; undefined where something else changes. */
export function shortTmpfs(written: string, before: Mount, after: Mount): string | undefined {
  if (!isSame(withoutOptions(before), withoutOptions(after))) return undefined;
  const [target = '', ...rest] = splitAround(written, ':');
  const words = rest.join(':').split(',').filter(Boolean);
  const [old, next] = [before, after].map(({ options }) => Object.entries(options).map(wordOf));
  const kept = words.filter((word) => !old?.includes(word) || next?.includes(word));
  const access = before.readOnly === after.readOnly ? kept : kept.filter((word) => word !== 'ro' && word !== 'rw');
  if (after.readOnly && !before.readOnly) access.unshift('ro');
  access.push(...(next ?? []).filter((word) => !access.includes(word)));
  return access.length === 0 ? target : `${target}:${access.join(',')}`;
}

function withoutOptions(mount: Mount): Mount {
  return { ...mount, options: {}, readOnly: true };
}

function wordOf([name, value]: readonly [string, string]): string {
  return value === '' ? name : `${name}=${value}`;
}

/** A field that is absent, and one that is undefined, are the same. */
function isSame(one: object, other: object): boolean {
  return isDeepStrictEqual(present(one), present(other));
}

function present(mount: object): object {
  return Object.fromEntries(Object.entries(mount).filter(([, value]) => value !== undefined));
}
