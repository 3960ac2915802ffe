import { dirname, join, normalize } from 'node:path';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Subject } from '../../model/control.ts';
import type { InlineIgnore } from '../../model/inline-ignore.ts';
import { distinctSubjects } from '../../model/distinct-subjects.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { KnownFile } from './collect.ts';
import { type ComposeGroup, composeGroups } from './compose-groups.ts';
import { composeReading } from './compose/project.ts';
import { containerFromDockerfile } from './dockerfile/container.ts';
import { dockerfileReading, readDockerfile } from './dockerfile/dockerfile.ts';
import { runReading } from './docker-run/reading.ts';
import { ignoreAnnotations } from './ignore-annotations.ts';
import { continuedReach, type IgnoreComments, ignoreComments, indentedReach, type Reach } from './ignore-comments.ts';
import { kubernetesReading } from './kubernetes/reading.ts';
import { isProblem, readWrittenFile } from './read-file.ts';
import type { FileProblem, Reading, WrittenFile } from './written-file.ts';

export interface FilesOptions {
  /** The stage of a Dockerfile to judge. */
  readonly target?: string | undefined;
  readonly buildArguments?: Readonly<Record<string, string>> | undefined;
  /** Compose files are merged, in the order in which they were named. */
  readonly together?: boolean | undefined;
  readonly profiles?: readonly string[] | undefined;
  /** Variables for Compose. */
  readonly environment: Readonly<Record<string, string>>;
  /** Texts that stand for what is on the disk where one file opens another, by the name of the file. */
  readonly opened?: ReadonlyMap<string, WrittenFile> | undefined;
}

export interface FilesReading extends Reading {
  readonly ignores: readonly InlineIgnore[];
  /** Subjects of which only what stands in one file is reported, by their id. */
  readonly limitedTo: ReadonlyMap<string, string>;
}

/** Reads files of every kind into subjects. */
export function readFiles(files: readonly KnownFile[], options: FilesOptions): FilesReading {
  const ofKind = (kind: KnownFile['kind']) => files.filter((file) => file.kind === kind);
  const limitedTo = new Map<string, string>();
  const readings: Reading[] = [
    ...ofKind('dockerfile').map(({ file }) => dockerfileReading(file, dockerfileOptions(options))),
    ...groupsOf(ofKind('compose'), options).map((group) => readGroup(group, options, limitedTo)),
    ...[...Map.groupBy(ofKind('kubernetes'), ({ folder }) => folder ?? '').values()].map((group) =>
      kubernetesReading(group.map(({ file }) => file)),
    ),
    ...ofKind('run').map(({ file }) => runReading(file, { readFile: openBeside(file.name, options) })),
  ];
  const subjects = distinctSubjects(readings.flatMap((reading) => reading.subjects));
  const comments = files.map((known) => ignoreComments(known.file, reachIn(known, subjects)));
  return {
    subjects,
    problems: unique([...readings, ...comments].flatMap((reading) => reading.problems)),
    ignores: [...comments.flatMap(({ ignores }: IgnoreComments) => ignores), ...ignoreAnnotations(objectsOf(subjects))],
    limitedTo,
  };
}

function dockerfileOptions({ target, buildArguments }: FilesOptions): Parameters<typeof dockerfileReading>[1] {
  return { ...(target === undefined ? {} : { target }), ...(buildArguments ? { buildArguments } : {}) };
}

function groupsOf(files: readonly KnownFile[], { together = false }: FilesOptions): ComposeGroup[] {
  if (together && files.length > 0) return [{ files: files.map(({ file }) => file) }];
  return composeGroups(files);
}

function readGroup({ files, judged }: ComposeGroup, options: FilesOptions, limitedTo: Map<string, string>): Reading {
  const { environment, profiles } = options;
  const readFile = openBeside('', options);
  const reading = composeReading(files, {
    readFile,
    environment,
    ...(profiles ? { profiles } : {}),
    dockerfileOf: (path, target) => imageOfDockerfile(readFile(path), target),
  });
  if (judged === undefined) return withoutEmptyProject(reading);
  // Its ids would be those of the base, which is judged by itself.
  const subjects = reading.subjects.map((subject): Subject => ({ ...subject, id: `${subject.id} with ${judged}` }));
  for (const { id } of subjects) limitedTo.set(id, judged);
  return { ...reading, subjects };
}

/** A project of which nothing could be read is no project that passes. */
function withoutEmptyProject({ subjects, problems }: Reading): Reading {
  const isBroken = problems.some(({ kind }) => kind === 'error');
  return { subjects: isBroken ? subjects.filter((subject) => !isEmptyProject(subject)) : subjects, problems };
}

function isEmptyProject({ kind, value }: Subject): boolean {
  return kind === 'compose-project' && Object.keys(value.value).length === 0;
}

/** The container that an image built here would make, as far as its Dockerfile tells. */
function imageOfDockerfile(file: WrittenFile | undefined, target?: string): ContainerSpec | undefined {
  return file && containerFromDockerfile(readDockerfile(file, target === undefined ? {} : { target }));
}

/** Opens files relative to another one; undefined for what is not there or cannot be read. */
function openBeside(name: string, { opened }: FilesOptions): (path: string) => WrittenFile | undefined {
  return (path) => {
    const whole = path.startsWith('/') || name === '' ? path : join(dirname(name), path);
    const known = opened?.get(normalize(whole));
    if (known) return known;
    try {
      const read = readWrittenFile(whole);
      return isProblem(read) ? undefined : read;
    } catch {
      return undefined;
    }
  };
}

function objectsOf(subjects: readonly Subject[]): KubernetesObject[] {
  return subjects.flatMap((subject) => (subject.kind === 'kubernetes-object' ? [subject.value] : []));
}

/** What a comment speaks for, by the kind of its file. */
function reachIn({ kind, file }: KnownFile, subjects: readonly Subject[]): Reach {
  if (kind === 'run') return continuedReach(file.text);
  if (kind !== 'dockerfile') return indentedReach(file.text);
  const dockerfile = subjects.find((subject) => subject.kind === 'dockerfile' && subject.file === file.name);
  const instructions = dockerfile?.kind === 'dockerfile' ? dockerfile.value.instructions : [];
  return (line) => {
    const next = instructions.find(({ span }) => file.lines.positionAt(span.end).line >= line);
    if (!next) return { from: line, to: line };
    return { from: file.lines.positionAt(next.span.start).line, to: file.lines.positionAt(next.span.end).line };
  };
}

/** A file that others include is read with each of them. */
function unique(problems: readonly FileProblem[]): FileProblem[] {
  return [
    ...new Map(
      problems.map((problem) => [`${problem.file} ${problem.line} ${problem.column} ${problem.reason.en}`, problem]),
    ).values(),
  ];
}
