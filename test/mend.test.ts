import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mendFiles } from '../src/cli/mend-files.ts';
import { type JudgedFinding, judgeSubjects } from '../src/judge/judge.ts';
import { resolvePolicy } from '../src/judge/policy.ts';
import type { ContainerSpec } from '../src/model/container-spec.ts';
import { composeFile, podManifests, runCommands } from '../src/remedy/convert.ts';
import type { KnownFile } from '../src/sources/files/collect.ts';
import type { FileKind } from '../src/sources/files/kinds.ts';
import { readFiles } from '../src/sources/files/read.ts';
import { writtenFile } from '../src/sources/files/written-file.ts';
import { severalContainers } from './any-container.ts';

const options = { environment: {} };
const circumstances = { policy: resolvePolicy({ only: ['container-*', 'network-*'] }), now: new Date('2026-07-01') };

interface Written {
  readonly kind: FileKind;
  readonly name: string;
  readonly write: (containers: readonly ContainerSpec[]) => string;
}

const dialects: readonly Written[] = [
  { kind: 'compose', name: 'compose.yaml', write: composeFile },
  { kind: 'kubernetes', name: 'pod.yaml', write: podManifests },
  { kind: 'run', name: 'run.sh', write: runCommands },
];

function read(file: KnownFile) {
  const { subjects, problems } = readFiles([file], options);
  expect(problems).toEqual([]);
  const containers = subjects.flatMap((subject) => (subject.kind === 'container' ? [subject.value] : []));
  const failures = judgeSubjects(subjects, circumstances).filter(({ status }) => status === 'fail');
  const ids = subjects.flatMap(({ kind, id }) => (kind === 'container' ? [id] : []));
  return { containers, ids, failures };
}

/** Every field of a container as text, those of its groups one by one: `resources.pids`. */
function fieldsOf(container: ContainerSpec): Map<string, string> {
  const groups = new Set(['capabilities', 'security', 'resources', 'namespaces', 'restart']);
  const entries = Object.entries(container).flatMap(([field, value]: [string, unknown]) => {
    if (field === 'locate' || field === 'origin') return [];
    return groups.has(field)
      ? Object.entries(value as object).map(([name, each]: [string, unknown]) => [`${field}.${name}`, each] as const)
      : [[field, value] as const];
  });
  return new Map(
    entries.filter(([, value]) => value !== undefined).map(([field, value]) => [field, JSON.stringify(value)]),
  );
}

/** The fields that remedies speak of. */
function namedFields(findings: readonly JudgedFinding[]): Set<string> {
  return new Set(
    findings.flatMap(({ remedy }) =>
      remedy?.kind === 'spec'
        ? Object.entries(remedy.change).flatMap(([field, value]) => [field, ...subfields(field, value)])
        : [],
    ),
  );
}

function subfields(field: string, value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value).map((name) => `${field}.${name}`) : [];
}

/** A user who is not root is asked for by a pod as well. */
const sayTheSame: Readonly<Record<string, string>> = { nonRootDemanded: 'user' };

describe.each(dialects)('$kind', ({ kind, name, write }) => {
  const mend = (text: string) => {
    const file: KnownFile = { kind, file: writtenFile(name, text) };
    const [result] = mendFiles([file], options, circumstances);
    if (!result) throw new Error('nothing was mended');
    return { ...result, file };
  };

  test('whatever a program can mend is mended, nothing else changes, and once is enough', () => {
    fc.assert(
      fc.property(severalContainers, (containers) => {
        const { file, after, fixed, refused } = mend(write(containers));
        const [before, next] = [read(file), read(after)];
        expect(before.failures.length).toBeGreaterThan(0);
        // What is left is a person's to decide.
        expect(refused.filter(({ finding }) => finding.remedy?.kind !== 'manual')).toEqual([]);
        expect(next.failures.filter(({ remedy }) => remedy?.kind !== 'manual')).toEqual([]);
        for (const [index, container] of next.containers.entries()) {
          const [old, now] = [before.containers[index], container].map((each) => each && fieldsOf(each));
          const own = fixed.filter(({ subject }) => subject.id === before.ids[index]);
          const named = namedFields(own);
          const changed = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].filter(
            (field) => old?.get(field) !== now?.get(field) && !named.has(sayTheSame[field] ?? field),
          );
          expect(changed).toEqual([]);
        }
        expect(mend(after.file.text).text).toBe(after.file.text);
      }),
      { numRuns: 40 },
    );
  });
});
