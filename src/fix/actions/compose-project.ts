import { isAbsolute, join } from 'node:path';
import type { ComposeProject } from '../../model/compose-project.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Subject } from '../../model/control.ts';
import { shellWord } from '../../remedy/shell.ts';
import { composeReading } from '../../sources/files/compose/project.ts';
import { readEnvironmentFile } from '../../sources/files/compose/environment-file.ts';
import { decode, isProblem } from '../../sources/files/read-file.ts';
import { type WrittenFile, writtenFile } from '../../sources/files/written-file.ts';
import type { PlanContext } from '../planning.ts';

/** What Compose wrote on a container about where it was read from. */
export interface ComposeSource {
  readonly project: string;
  /** Absolute paths, in the order in which they are merged. */
  readonly files: readonly string[];
  readonly folder?: string;
  readonly environmentFiles: readonly string[];
}

/** Undefined where Compose did not say, or was given a text and no file. */
export function composeSource({ owner, labels }: ContainerSpec): ComposeSource | undefined {
  const folder = labels['com.docker.compose.project.working_dir'] || undefined;
  const absolute = (path: string) => (isAbsolute(path) || folder === undefined ? path : join(folder, path));
  const files = (owner.files ?? []).filter((path) => path !== '').map(absolute);
  const environment = labels['com.docker.compose.project.environment_file'] ?? '';
  if (owner.project === undefined || files.length === 0 || !files.every((path) => isAbsolute(path))) return undefined;
  return {
    project: owner.project,
    files,
    environmentFiles: environment
      .split(',')
      .filter((path) => path !== '')
      .map(absolute),
    ...(folder === undefined ? {} : { folder }),
  };
}

/** What makes a service anew from its files, as they are then. */
export function upCommand({ project, files, folder, environmentFiles }: ComposeSource, services: readonly string[]) {
  const words = [
    '--project-name',
    project,
    ...files.flatMap((path) => ['--file', path]),
    ...(folder === undefined ? [] : ['--project-directory', folder]),
    ...environmentFiles.flatMap((path) => ['--env-file', path]),
  ];
  return ['docker compose', ...words.map(shellWord), 'up --detach', ...services.map(shellWord)].join(' ');
}

export interface ProjectReading {
  readonly project: ComposeProject;
  readonly subjects: readonly Subject[];
  /** By the service. */
  readonly containers: ReadonlyMap<string, Extract<Subject, { kind: 'container' }>>;
  /** Something in it is in error. */
  readonly broken: boolean;
}

/**
 * Reads a project as Compose would. `texts` stand for files that are changed in the plan, by their path; the shell's variables
 * at the time when Compose ran are not known.
 */
export function readComposeProject(
  source: ComposeSource,
  texts: ReadonlyMap<string, string>,
  context: PlanContext,
): ProjectReading | undefined {
  const open = opener(texts, context);
  const files = source.files.flatMap((path) => open(path) ?? []);
  if (files.length !== source.files.length) return undefined;
  const named = source.environmentFiles.length > 0;
  const { subjects, problems } = composeReading(files, {
    // Files of variables that were named take the place of the one that is looked for.
    readFile: (path) =>
      named && path.endsWith('/.env') && !source.environmentFiles.includes(path) ? undefined : open(path),
    environment: variablesOf(source, open),
    projectName: source.project,
  });
  const [first] = subjects;
  if (first?.kind !== 'compose-project') return undefined;
  const containers = subjects.flatMap((each) => (each.kind === 'container' ? [each] : []));
  return {
    project: first.value,
    subjects,
    containers: new Map(containers.map((each) => [each.value.owner.service ?? '', each])),
    broken: problems.some(({ kind }) => kind === 'error'),
  };
}

type Open = (path: string) => WrittenFile | undefined;

function opener(texts: ReadonlyMap<string, string>, context: PlanContext): Open {
  return (path) => {
    const text = texts.get(path);
    if (text !== undefined) return writtenFile(path, text);
    const real = context.realPath(path);
    const content = real === undefined ? undefined : context.file(real);
    if (!content) return undefined;
    const file = decode(path, Buffer.from(content.bytes, 'base64'));
    return isProblem(file) ? undefined : file;
  };
}

function variablesOf({ environmentFiles, folder }: ComposeSource, open: Open): Record<string, string> {
  const paths = environmentFiles.length > 0 || folder === undefined ? environmentFiles : [join(folder, '.env')];
  const values: Record<string, string> = {};
  for (const path of paths) {
    const file = open(path);
    if (!file) continue;
    const { variables } = readEnvironmentFile(file, {
      lookup: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    });
    for (const { name, value } of variables) values[name] = value.reveal();
  }
  return values;
}
