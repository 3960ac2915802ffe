import type { Distribution } from '../../model/image-contents.ts';
import { debianReleaseNamed } from '../../model/release-names.ts';
import { shortened } from './version-only.ts';

/** `os-release`: https://www.freedesktop.org/software/systemd/man/latest/os-release.html. */
export function fromAssignments(text: string): Distribution | undefined {
  const fields = readAssignments(text);
  const id = identifier(fields.get('ID'));
  if (id === '') return undefined;
  const name = fields.get('PRETTY_NAME') || fields.get('NAME') || id;
  const codename = fields.get('VERSION_CODENAME') || fields.get('UBUNTU_CODENAME') || codenameIn(fields.get('VERSION'));
  const version = fields.get('VERSION_ID') || versionByCodename(id, codename, name);
  return {
    id,
    version: shortened(version),
    name: shortened(name),
    ...(codename ? { codename: shortened(codename) } : {}),
    idLike: (fields.get('ID_LIKE') ?? '')
      .split(/\s+/)
      .slice(0, 16)
      .flatMap((like) => identifier(like) || []),
  };
}

/** `lsb-release`, as Ubuntu has it. */
export function fromLsb(text: string): Distribution | undefined {
  const fields = readAssignments(text);
  const id = identifier(fields.get('DISTRIB_ID'));
  if (id === '') return undefined;
  const version = fields.get('DISTRIB_RELEASE') ?? '';
  const codename = fields.get('DISTRIB_CODENAME');
  return {
    id,
    version: version === 'rolling' ? '' : shortened(version),
    name: shortened(fields.get('DISTRIB_DESCRIPTION') || `${fields.get('DISTRIB_ID')} ${version}`.trim()),
    ...(codename ? { codename: shortened(codename) } : {}),
    idLike: [],
  };
}

/**
 * Debian writes no VERSION_ID before a release is out: testing and unstable have the same file, with the codename of the next release
 * and `/sid` in the name. That is no version to look up advisories by, and stays ''. A derivative that has a codename
 * and no version is given the version of that codename.
 */
function versionByCodename(id: string, codename: string | undefined, name: string): string {
  if (id !== 'debian' || codename === undefined || name.includes('/sid')) return '';
  return debianReleaseNamed(codename) ?? '';
}

/** `7 (wheezy)`. */
function codenameIn(version: string | undefined): string | undefined {
  return /\(([a-z]+)\)/.exec(version ?? '')?.[1];
}

/** Lower-case letters, digits and `._-`, as the specification has it; others are left out. */
function identifier(written: string | undefined): string {
  return shortened(written ?? '')
    .toLowerCase()
    .replaceAll(/[^\w.-]/g, '');
}

/** Lines of `NAME=value` in the syntax of a shell that expands nothing; of two with the same name the last one counts. */
export function readAssignments(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s*(?:export\s+)?([A-Z][\dA-Z_]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, unquoted(value.trim()));
  }
  return fields;
}

/** Within double quotes, and without any, a backslash takes the meaning from the next character; within single ones it has none. */
function unquoted(value: string): string {
  const [quote = ''] = value;
  if (quote === "'") {
    const end = value.indexOf("'", 1);
    return value.slice(1, end < 0 ? undefined : end);
  }
  const isQuoted = quote === '"';
  let plain = '';
  for (let index = isQuoted ? 1 : 0; index < value.length; index += 1) {
    const character = value[index] ?? '';
    if (isQuoted ? character === '"' : /\s/.test(character)) break;
    if (character === '\\') index += 1;
    plain += value[index] ?? '';
  }
  return plain;
}
