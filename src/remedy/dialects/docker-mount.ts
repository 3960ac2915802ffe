import type { Mount } from '../../model/container-spec.ts';
import { concealText, concealValue } from '../redaction.ts';

/** Words about the mount itself, beside which every other option of a volume is one of its driver's. */
const volumeWords = new Set(['nocopy', 'subpath']);
const selinuxWords = ['z', 'Z'];

/** One mount as an option of `docker run`: its name, and its value before the shell. */
export function mountOption(mount: Mount): readonly [string, string] {
  if (mount.kind === 'tmpfs' && !mount.target.includes(':')) return ['--tmpfs', tmpfsMapping(mount)];
  const label = selinuxLabel(mount);
  // Only the short form knows SELinux relabelling; only the long one survives a colon in a path.
  if (mount.kind === 'bind' && label !== undefined && !`${mount.source}${mount.target}`.includes(':')) {
    const words = [mount.readOnly ? 'ro' : 'rw', label, ...(mount.propagation ? [mount.propagation] : [])];
    return ['--volume', `${mount.source ?? ''}:${mount.target}:${words.join(',')}`];
  }
  return ['--mount', mountFields(mount)];
}

/** `/run:ro,size=64m`: the short form is the one that takes any option of a tmpfs. */
export function tmpfsMapping({ target, readOnly, options }: Mount): string {
  const words = Object.entries(options).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const all = readOnly && !words.includes('ro') ? ['ro', ...words] : words;
  return all.length === 0 ? target : `${target}:${all.join(',')}`;
}

/** `type=bind,source=/etc,target=/x,readonly`: the comma separated value of `--mount`. */
export function mountFields(mount: Mount): string {
  const { kind, source, target, readOnly, readOnlyNonRecursive, propagation, driver, options } = mount;
  const fields = [`type=${kind}`];
  if (source !== undefined && !mount.anonymous && kind !== 'tmpfs') fields.push(`source=${source}`);
  fields.push(`target=${target}`);
  if (readOnly) fields.push('readonly');
  if (kind === 'bind') {
    if (propagation) fields.push(`bind-propagation=${propagation}`);
    if (readOnlyNonRecursive) fields.push('bind-recursive=writable');
  }
  if (kind === 'tmpfs') fields.push(...['size', 'mode'].flatMap((name) => chosen(options, name, `tmpfs-${name}`)));
  if (kind === 'image') fields.push(...chosen(options, 'subpath', 'image-subpath'));
  if (kind === 'volume') {
    if (Object.hasOwn(options, 'nocopy')) fields.push('volume-nocopy');
    fields.push(...chosen(options, 'subpath', 'volume-subpath'));
    if (driver !== undefined) fields.push(`volume-driver=${driver}`);
    fields.push(...Object.entries(driverOptions(mount)).map(([name, value]) => `volume-opt=${name}=${value}`));
  }
  return fields.map(commaField).join(',');
}

/** What a volume's driver is told; a network share's password among it is concealed. */
export function driverOptions({ kind, options }: Mount): Record<string, string> {
  if (kind !== 'volume') return {};
  const entries = Object.entries(options).filter(([name]) => !volumeWords.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, concealValue(name, concealText(value))]));
}

/** The SELinux relabelling that a bind mount asks for: `z` shared, `Z` private. */
export function selinuxLabel({ options }: Mount): string | undefined {
  return selinuxWords.find((word) => Object.hasOwn(options, word));
}

function chosen(options: Mount['options'], name: string, field: string): string[] {
  return Object.hasOwn(options, name) ? [`${field}=${options[name] ?? ''}`] : [];
}

/** The client reads the value as a line of CSV. */
function commaField(field: string): string {
  return /[",\r\n]|^\s/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
