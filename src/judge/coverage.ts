import type { Machine, Subject } from '../model/control.ts';
import { componentEntries } from './component-coverage.ts';
import { type CoverageEntry, entryOf } from './coverage-entry.ts';
import { namespaceKinds } from '../model/namespace.ts';
import type { Fact, UnreadableFact } from '../model/fact.ts';
import { isSystemPackage } from '../model/package.ts';
import type { Text } from '../model/text.ts';

export type { CoverageEntry } from './coverage-entry.ts';

/**
 * Everything that was read of a machine, and everything that could not be.
 *
 * @param now - absent: whether its distribution is still maintained is not asked
 */
export function coverageOf(
  machine: Machine,
  gaps: readonly UnreadableFact[],
  subjects: readonly Subject[],
  now?: Date,
): CoverageEntry[] {
  const { host, engine } = machine;
  const engineId = subjects.find(({ kind }) => kind === 'engine')?.id ?? 'engine';
  return unique([
    ...factsIn(host).map((fact) => entryOf('host', fact)),
    ...componentEntries(host, now),
    ...[...factsIn(engine), ...gaps].map((fact) => entryOf(engineId, fact)),
    ...machine.images.map(({ history }) => entryOf(engineId, history)),
    ...subjects.flatMap(containerEntries),
  ]);
}

/** What was read of an image that was opened, and what in it was not. */
export function imageCoverage(subject: Subject): CoverageEntry[] {
  const { id } = subject;
  const contents = subject.kind === 'image' ? subject.value.contents : undefined;
  if (!contents) return [];
  const { distribution, layers, packages, gaps } = contents;
  // Without packages of a distribution nothing depends on which one it is.
  const isAsked = distribution.known || packages.some(isSystemPackage) || packages.length === 0;
  return unique([
    ...layers.flatMap(({ digest, unread }, index) =>
      unread ? [] : [{ subject: id, what: digest ?? `layer ${index}` }],
    ),
    ...(isAsked ? [entryOf(id, distribution)] : []),
    ...gaps.map((gap) => entryOf(id, gap)),
  ]);
}

/** Every fact in an object, those in objects in it too. */
function factsIn(holder: object): Fact<unknown>[] {
  return Object.values(holder).flatMap((value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return 'known' in value ? [value as Fact<unknown>] : factsIn(value);
  });
}

interface FileFault {
  readonly file: string;
  /** A `notice` does not keep the file from being judged. */
  readonly kind: 'error' | 'notice';
  readonly line?: number;
  readonly column?: number;
  readonly reason: Text;
  readonly need: Text;
}

/** What was read of some files, and what is wrong with them. */
export function problemEntries(files: readonly string[], problems: readonly FileFault[]): CoverageEntry[] {
  return [
    ...files
      .filter((file) => problems.every((problem) => problem.file !== file || problem.kind === 'notice'))
      .map((file) => ({ subject: file, what: file })),
    ...problems.map(({ file, line, column, reason, need }) => ({
      subject: file,
      what: [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':'),
      reason,
      need,
    })),
  ];
}

function containerEntries(subject: Subject): CoverageEntry[] {
  if (subject.kind !== 'container') return [];
  const { effective, state, changedPaths } = subject.value;
  const read: CoverageEntry = { subject: subject.id, what: 'GET /containers/ID/json' };
  if (!effective) {
    if (state !== 'running') return [read];
    return [
      read,
      {
        subject: subject.id,
        what: '/proc/PID',
        reason: { en: 'its process is not visible from here', zh: '在此处看不到其进程' },
        need: { en: "run as root on the engine's own machine", zh: '在引擎所在机器上以 root 身份运行' },
      },
    ];
  }
  const facts = [
    effective.user,
    effective.capabilities,
    effective.securityLabel,
    effective.limits,
    effective.mounts,
    effective.processes,
    effective.listeners,
    ...namespaceKinds.map((kind) => effective.namespaces[kind]),
    ...(changedPaths ? [changedPaths] : []),
  ];
  const unreadable = facts.filter((fact) => !fact.known).map((fact) => entryOf(subject.id, fact));
  return [read, { subject: subject.id, what: `/proc/${effective.pid}` }, ...unreadable];
}

function unique(entries: readonly CoverageEntry[]): CoverageEntry[] {
  return [
    ...new Map(entries.map((entry) => [`${entry.subject} ${entry.what} ${entry.reason?.en ?? ''}`, entry])).values(),
  ];
}
