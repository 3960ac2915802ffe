import type { ComposeProject } from '../../../model/compose-project.ts';
import type { ContainerSpec } from '../../../model/container-spec.ts';
import { type FileProblem, writtenFile } from '../written-file.ts';
import { composeReading, type ComposeOptions } from './project.ts';

export interface TreeReading {
  readonly project: ComposeProject;
  readonly containers: Readonly<Record<string, ContainerSpec>>;
  readonly problems: readonly FileProblem[];
}

/** Reads files out of a tree of texts; the first ones are merged, the others are there to be found. */
export function readTree(
  tree: Readonly<Record<string, string>>,
  options: Partial<ComposeOptions> = {},
  merged: readonly string[] = Object.keys(tree).slice(0, 1),
): TreeReading {
  const files = new Map(Object.entries(tree).map(([name, text]) => [name, writtenFile(name, text)]));
  const chosen = merged.flatMap((name) => files.get(name) ?? []);
  const { subjects, problems } = composeReading(chosen, { readFile: (path) => files.get(path), ...options });
  const [first] = subjects;
  if (first?.kind !== 'compose-project') throw new Error('the first subject is the project');
  const containers = subjects.flatMap((each) => (each.kind === 'container' ? [each.value] : []));
  return {
    project: first.value,
    containers: Object.fromEntries(containers.map((each) => [each.owner.service ?? '', each])),
    problems,
  };
}

/** The container of the service `web` with these keys, indented by four. */
export function web(keys: string, rest = '', options: Partial<ComposeOptions> = {}): ContainerSpec {
  const indented = keys
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  const { containers } = readTree(
    { 'compose.yaml': `services:\n  web:\n    image: web:1\n${indented}\n${rest}` },
    options,
  );
  if (!containers['web']) throw new Error('there is no service web');
  return containers['web'];
}

/** `file:line:column` of a field. */
export function at(container: ContainerSpec | undefined, field: string): string {
  const { file, line, column } = container?.locate(field) ?? {};
  return `${file}:${line}:${column}`;
}
