import { posix, resolve } from 'node:path';
import type { ComposeProject } from '../../../model/compose-project.ts';
import type { Subject } from '../../../model/control.ts';
import { isObject, pathText } from '../../../model/json.ts';
import { interpolate, type Lookup } from '../../../syntax/interpolation.ts';
import { parseYaml, resolveAlias } from '../../../syntax/yaml.ts';
import { type FileProblem, type Reading, type WrittenFile, writtenFile } from '../written-file.ts';
import type { DockerfileOf } from './build.ts';
import { loadFiles } from './load.ts';
import { folderOf, type Loading, lookupIn, pathIn, startLoading, variablesOf } from './loading.ts';
import { type ComposeMapping, type ComposeNode, childOf, locationIn, nodeAt, plainValue } from './node.ts';
import { problemAt } from './problem.ts';
import { entriesOf, itemsOf, textOf } from './read-node.ts';
import { containerOf } from './service.ts';

export interface ComposeOptions {
  /** Opens a file under the name that it has from the working directory; undefined for what is not there. */
  readFile(path: string): WrittenFile | undefined;
  /** The shell's variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Only services of these and of none; `*` is all of them. Absent: every service. */
  readonly profiles?: readonly string[];
  readonly projectName?: string;
  readonly dockerfileOf?: DockerfileOf;
}

/** One text as a project by itself: nothing around it, no variables. */
export function readComposeText(file: WrittenFile): ComposeProject {
  return readProject([file], { readFile: () => undefined, projectName: nameIn([file], () => undefined) ?? 'project' })
    .project;
}

/** Files that are merged in this order, as one project with its services. */
export function composeReading(files: readonly WrittenFile[], options: ComposeOptions): Reading {
  const { project, containers, problems } = readProject(files, options);
  const [first] = files;
  const subject: Subject = {
    kind: 'compose-project',
    id: `compose-project/${project.name}`,
    value: project,
    ...(first ? { file: first.name } : {}),
  };
  return { subjects: [subject, ...containers], problems };
}

interface ProjectReading {
  readonly project: ComposeProject;
  readonly containers: readonly Subject[];
  readonly problems: readonly FileProblem[];
}

function readProject(files: readonly WrittenFile[], options: ComposeOptions): ProjectReading {
  const loading = startLoading((path) => options.readFile(path));
  const base = folderOf(files[0]?.name ?? '-');
  const shell = lookupIn(options.environment ?? {});
  const beside = variablesOf(loading.environmentFile(pathIn(base, '.env'), shell));
  const given = lookupIn(shell, beside);
  const name = projectName(files, base, given, options.projectName);
  const lookup = lookupIn(given, { COMPOSE_PROJECT_NAME: name });
  const root = active(
    loadFiles(files, { base, lookup, chain: [] }, loading) ?? emptyProject(files, base),
    options.profiles,
  );
  const names = files.map((file) => file.name);
  const containers = containerSubjects(root, {
    projectName: name,
    files: names,
    lookup,
    loading,
    dockerfileOf: options.dockerfileOf,
  });
  return {
    project: projectOf(root, name, names, loading),
    containers,
    problems: [...loading.problems, ...unsetProblems(loading)],
  };
}

function projectOf(root: ComposeMapping, name: string, files: readonly string[], loading: Loading): ComposeProject {
  const value = plainValue(root);
  return {
    name,
    files,
    value: isObject(value) ? value : {},
    environmentFiles: loading.environmentFiles(),
    unset: loading.unset,
    written(path) {
      const node = nodeAt(root, path);
      return node?.kind === 'scalar' ? node.written : undefined;
    },
    locate: (path) => locationIn(root, path, pathText(path)),
  };
}

type Surroundings = Omit<Parameters<typeof containerOf>[0], 'name' | 'service' | 'project'>;

function containerSubjects(root: ComposeMapping, surroundings: Surroundings): Subject[] {
  const { loading, files } = surroundings;
  return [...entriesOf(childOf(root, 'services'))].flatMap(([name, service]): Subject[] => {
    if (service.kind !== 'mapping') return [];
    const runsNothing = !['image', 'build'].some((key) => childOf(service, key));
    // Another program makes it, and nothing of it is written here.
    if (runsNothing && childOf(service, 'provider')) return [];
    if (runsNothing) loading.problems.push(noImage(service, name));
    const value = containerOf({ ...surroundings, name, service, project: root });
    return [
      { kind: 'container', id: `container/${files[0] ?? ''}:${name}`, file: service.place.source.file.name, value },
    ];
  });
}

/** Without the services of profiles that nobody chose. */
function active(root: ComposeMapping, profiles: readonly string[] | undefined): ComposeMapping {
  const services = childOf(root, 'services');
  if (!profiles || profiles.includes('*') || services?.kind !== 'mapping') return root;
  const isActive = (service: ComposeNode) => {
    const own = itemsOf(childOf(service, 'profiles')).map(textOf);
    return own.length === 0 || own.some((each) => each !== undefined && profiles.includes(each));
  };
  const kept = [...services.entries].filter(([, service]) => isActive(service));
  return { ...root, entries: new Map(root.entries).set('services', { ...services, entries: new Map(kept) }) };
}

function emptyProject([file = writtenFile('-', '')]: readonly WrittenFile[], base: string): ComposeMapping {
  return { kind: 'mapping', place: { source: { file, document: 0, base }, offset: 0 }, entries: new Map() };
}

/** As Compose chooses it: what the user says, the environment, the files, the folder. */
function projectName(files: readonly WrittenFile[], base: string, lookup: Lookup, chosen: string | undefined): string {
  const name = chosen ?? (lookup('COMPOSE_PROJECT_NAME') || nameIn(files, lookup)) ?? posix.basename(resolve(base));
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  return plain === '' ? 'project' : plain;
}

/** The last `name` of the files. */
function nameIn(files: readonly WrittenFile[], lookup: Lookup): string | undefined {
  const names = files
    .filter(({ text }) => /^["']?name["']?[ \t]*:|^[ \t]*\{/m.test(text))
    .flatMap(({ text }) =>
      parseYaml(text).flatMap(({ root }) => {
        const mapping = root && resolveAlias(root);
        const pair = mapping?.kind === 'mapping' ? mapping.pairs.find(({ key }) => key.text === 'name') : undefined;
        const value = pair && resolveAlias(pair.value);
        const name = value?.kind === 'scalar' ? interpolate(value.text, lookup) : undefined;
        return name && name.unset.length === 0 && name.text !== '' ? [name.text] : [];
      }),
    );
  return names.at(-1);
}

function noImage(service: ComposeMapping, name: string): FileProblem {
  return problemAt(
    service.place,
    'notice',
    { en: `the service ${name} names no image and builds none`, zh: `服务 ${name} 既未指定镜像，也未指定构建` },
    {
      en: 'give it an image, or check this file together with the one that it amends',
      zh: '请为其指定镜像，或与它所补充的文件一起检查',
    },
  );
}

/** One problem for each variable without a value, at the first place that asks for it. */
function unsetProblems({ unset }: Loading): FileProblem[] {
  return [...Map.groupBy(unset, ({ name }) => name)].flatMap(([name, [first, ...others]]): FileProblem[] => {
    if (!first) return [];
    const { file = '', line, column } = first.location;
    const more = others.length;
    return [
      {
        file,
        kind: 'notice',
        reason: {
          en: `nothing gives the variable ${name} a value${more === 0 ? '' : ` (asked for at ${more} more places)`}; what depends on it is not known`,
          zh: `变量 ${name} 没有值${more === 0 ? '' : `（另有 ${more} 处使用）`}，依赖它的内容未知`,
        },
        need: {
          en: `set it in the environment or in .env, or write a default: \${${name}:-…}`,
          zh: `请在环境变量或 .env 中设置，或写出默认值：\${${name}:-…}`,
        },
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
      },
    ];
  });
}
