import { posix } from 'node:path';
import type { PlanContext } from '../planning.ts';
import { bytesAt } from './text-file.ts';

/** One line that sets a kernel parameter at each start. */
export interface ParameterLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** With dots. */
  readonly name: string;
  readonly value: string;
}

export interface ParameterFile {
  readonly path: string;
  readonly lines: readonly ParameterLine[];
}

/** Of two files of one name the one in the earlier folder counts. */
const folders = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d'];

/** systemd reads it where a link called 99-sysctl.conf leads to it, procps after all others. */
const lastFile = '/etc/sysctl.conf';

/**
 * The files that set kernel parameters at each start, in the order in which they are read: by name, whatever their
 * folder (sysctl.d(5)). The last one that names a parameter decides.
 */
export function parameterFiles(
  context: Pick<PlanContext, 'file' | 'realPath'>,
  names: (folder: string) => readonly string[],
): ParameterFile[] {
  const places = new Map<string, string>();
  for (const folder of folders) {
    for (const name of names(folder)) {
      if (name.endsWith('.conf') && !places.has(name)) places.set(name, posix.join(folder, name));
    }
  }
  const byName = [...places].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, path]) => path);
  const lastReal = context.realPath(lastFile);
  const others = byName.filter((path) => lastReal === undefined || context.realPath(path) !== lastReal);
  // Debian 13 and Arch have no such link.
  const isPassedOver = others.length === byName.length && context.realPath('/run/systemd/system') !== undefined;
  return (isPassedOver ? others : [...others, lastFile]).map((path) => ({
    path,
    lines: parameterLines(path, bytesAt(path, context)),
  }));
}

/** Patterns (`net.ipv4.conf.*.rp_filter`) are passed over: a line with the whole name outranks them. */
export function parameterLines(path: string, text: string): ParameterLine[] {
  return text.split('\n').flatMap((line, index) => {
    const [, written, value] = /^\s*-?\s*([^\s=#;*?[-][^\s=*?[]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (written === undefined || value === undefined) return [];
    return [{ path, line: index + 1, name: dotted(written), value: value.replaceAll(/\s+/g, ' ') }];
  });
}

/** Where a slash is the first separator, dots belong to names: `net/ipv4/conf/eth0.5/forwarding`. */
function dotted(written: string): string {
  const first = /[./]/.exec(written)?.[0];
  if (first !== '/') return written;
  return written.replaceAll(/[./]/g, (each) => (each === '/' ? '.' : '/'));
}

/** The line that decides over a parameter, of files read after `path`, where it does not say the same. */
export function overridingLine(
  files: readonly ParameterFile[],
  path: string,
  name: string,
  value: string,
): ParameterLine | undefined {
  const own = posix.basename(path);
  const later = files.filter(
    (file) => file.path !== path && (file.path === lastFile || posix.basename(file.path) > own),
  );
  const deciding = later.flatMap(({ lines }) => lines).findLast((line) => line.name === name);
  return deciding?.value === value ? undefined : deciding;
}

/** The text with parameters set: a line that sets one already is changed, everything else stays. */
export function withParameters(text: string, settings: ReadonlyMap<string, string>): string {
  const lines = text === '' ? ['# Written by plimsoll fix.', ''] : text.split('\n');
  const missing: string[] = [];
  for (const [name, value] of settings) {
    const there = parameterLines('', lines.join('\n')).findLast((line) => line.name === name);
    if (there === undefined) missing.push(`${name} = ${value}`);
    else if (there.value !== value) lines[there.line - 1] = `${name} = ${value}`;
  }
  const isWhole = lines.at(-1) === '';
  const kept = isWhole ? lines.slice(0, -1) : lines;
  return missing.length === 0 ? lines.join('\n') : `${[...kept, ...missing].join('\n')}\n`;
}
