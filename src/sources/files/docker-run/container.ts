import type { ContainerSpec, HealthCheck, RestartPolicy } from '../../../model/container-spec.ts';
import type { Location } from '../../../model/location.ts';
import type { ShellWord } from '../../../model/shell.ts';
import type { Span } from '../../../model/source-text.ts';
import type { ArgumentProblem, RunArguments } from '../../../syntax/docker-run/arguments.ts';
import { commaFields, nameAndValue } from '../../../syntax/docker-run/split.ts';
import { type FileProblem, locationAt, type WrittenFile } from '../written-file.ts';
import { environmentOf, labelsOf, type OpenFile, pairsOf } from './environment.ts';
import type { RunCommand } from './find.ts';
import { commandsOf, stretch } from './excerpt.ts';
import { fieldOption } from './field-options.ts';
import { Given } from './given.ts';
import { present, resourcesOf, ulimitsOf } from './limits.ts';
import { exposedOf, networksOf, portsOf } from './network.ts';
import { confinementOf, devicesOf } from './security.ts';
import { mountsOf } from './storage.ts';

export interface ReadContainer {
  readonly container: ContainerSpec;
  readonly problems: readonly FileProblem[];
}

/** Reads one command as the container that it makes. `image` is the first of its operands. */
export function containerFromRun(
  command: RunCommand,
  parsed: RunArguments,
  image: ShellWord,
  file: WrittenFile,
  open?: OpenFile,
): ReadContainer {
  const given = new Given(file, parsed.options);
  const container = specOf(command, parsed, image, file, given, open);
  noticesOf(given, parsed);
  return { container, problems: given.problems };
}

function specOf(
  command: RunCommand,
  { operands }: RunArguments,
  image: ShellWord,
  file: WrittenFile,
  given: Given,
  open: OpenFile | undefined,
): ContainerSpec {
  const { program, run, span } = command;
  // Docker takes a value as it is; the others take several at once in lists.
  const commas = program !== 'docker';
  const text = (name: string, field: string) => given.text(name, field);
  const exposedPorts = exposedOf(given, commas);
  const { mode, networks } = networksOf(given, commas);
  const words = operands.slice(1);
  given.place('image', { written: 'IMAGE', span: image.span });
  for (const [index, { span: place }] of words.entries()) {
    given.place(`command[${index}]`, { written: 'COMMAND', span: place });
  }
  const spec: Omit<ContainerSpec, 'locate' | 'unresolved'> = {
    name: text('name', 'name') ?? nameOfImage(image.text),
    dialect: 'docker-run',
    state: 'declared',
    image: { reference: image.text },
    entrypoint: entrypointOf(given, commas),
    command: words.map((word) => word.text),
    user: text('user', 'user'),
    groups: given.texts('group-add', 'groups', commas ? list : undefined).filter(Boolean),
    privileged: given.flag('privileged', 'privileged') ?? false,
    capabilities: {
      // Docker refuses a list here, so that whoever writes one means what the others make of it.
      add: given.texts('cap-add', 'capabilities.add', list),
      drop: given.texts('cap-drop', 'capabilities.drop', list),
    },
    ...confinementOf(given),
    readOnlyRoot: given.flag('read-only', 'readOnlyRoot') ?? false,
    mounts: mountsOf(given),
    volumesFrom: some(given.texts('volumes-from', 'volumesFrom')),
    ...devicesOf(given, commas),
    deviceRules: given.texts('device-cgroup-rule', 'deviceRules', commas ? list : undefined).filter(Boolean),
    namespaces: present({
      network: mode,
      pid: text('pid', 'namespaces.pid'),
      ipc: text('ipc', 'namespaces.ipc'),
      uts: text('uts', 'namespaces.uts'),
      user: text('userns', 'namespaces.user'),
      cgroup: text('cgroupns', 'namespaces.cgroup'),
    }),
    sysctls: Object.fromEntries(pairsOf(given, 'sysctl', 'sysctls', program === 'podman' ? list : undefined)),
    ulimits: ulimitsOf(given),
    resources: resourcesOf(given),
    ports: portsOf(given, commas, exposedPorts),
    publishAllPorts: given.flag('publish-all', 'publishAllPorts') || undefined,
    exposedPorts,
    networks,
    links: some(given.texts('link', 'links')),
    extraHosts: some(given.texts('add-host', 'extraHosts')),
    environment: environmentOf(given, open),
    labels: labelsOf(given, open),
    restart: restartOf(given),
    healthCheck: healthCheckOf(given, commas),
    logging: present({
      driver: text('log-driver', 'logging.driver'),
      options: Object.fromEntries(pairsOf(given, 'log-opt', 'logging.options')),
    }),
    runtime: text('runtime', 'runtime'),
    cgroupParent: text('cgroup-parent', 'cgroupParent'),
    owner: { kind: 'none' },
    origin: { file: file.name, ...(isAsWritten(file, span, command) ? { span } : {}) },
  };
  const { unresolved } = given;
  return {
    ...present(spec),
    ...(unresolved.length > 0 ? { unresolved } : {}),
    locate: (field) => given.placeOf(field) ?? absent(file, run, field),
  };
}

/**
 * Whether the command stands in the file as a shell would read it there, and not behind the escapes of another language
 * (of YAML, of make): only then can a part of it be replaced by words for a shell.
 */
function isAsWritten(file: WrittenFile, { start, end }: Span, { run, arguments: rest }: RunCommand): boolean {
  const words = [run, ...rest];
  const [first] = commandsOf(stretch(file.text, start, end)).commands;
  const there = first?.words.slice(-words.length) ?? [];
  return words.length === there.length && words.every(({ text }, index) => there[index]?.text === text);
}

function some(texts: readonly string[]): readonly string[] | undefined {
  return texts.length > 0 ? texts : undefined;
}

function list(value: string): string[] {
  return commaFields(value).filter(Boolean);
}

/** A field that is not there is shown at the word that is: `run`. */
function absent(file: WrittenFile, run: ShellWord, field: string): Location {
  return locationAt(file, run.span.start, fieldOption(field) ?? run.text);
}

/** `registry.example/shop/web:1.4` is `web`. */
function nameOfImage(reference: string): string {
  const name = reference.replace(/@.*$/s, '').replace(/:[^/:]*$/, '');
  return name.slice(name.lastIndexOf('/') + 1) || reference;
}

/** One program; of Podman also a JSON list of words. Empty: the image's own is taken away. */
function entrypointOf(given: Given, lists: boolean): string[] {
  const value = given.text('entrypoint', 'entrypoint');
  if (value === undefined) return [];
  return (lists ? jsonWords(value) : undefined) ?? [value];
}

function jsonWords(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

function restartOf(given: Given): RestartPolicy {
  const names = ['no', 'always', 'unless-stopped', 'on-failure'] as const;
  return (
    given.read('restart', 'restart', (value): RestartPolicy | undefined => {
      const [policy, retries] = nameAndValue(value, ':');
      const name = names.find((each) => each === policy);
      if (name === undefined || (retries !== undefined && !/^\d+$/.test(retries))) return undefined;
      return { name, ...(retries === undefined ? {} : { maximumRetries: Number(retries) }) };
    }) ?? {}
  );
}

function healthCheckOf(given: Given, lists: boolean): HealthCheck | undefined {
  if (given.flag('no-healthcheck', 'healthCheck')) return { test: ['NONE'] };
  const command = given.text('health-cmd', 'healthCheck');
  if (command === undefined) return undefined;
  if (lists && command === 'none') return { test: ['NONE'] };
  const words = lists ? jsonWords(command) : undefined;
  return { test: words ?? ['CMD-SHELL', command] };
}

/** What keeps the container from being known as a whole. */
function noticesOf(given: Given, { options, hidden, problems }: RunArguments): void {
  const [first] = hidden;
  if (first) {
    const name = openName(first.text);
    given.notice(
      first.span,
      {
        en: `only the run of the command tells which options ${name} holds`,
        zh: `只有实际执行命令时才知道 ${name} 包含哪些选项`,
      },
      {
        en: 'the container is judged without them: write them out, or audit it where it runs',
        zh: '检查时未包含这些选项：请直接写出，或在容器运行处审计',
      },
    );
  }
  for (const problem of problems) argumentNotice(given, problem);
  const from = options.find(({ name }) => name === 'volumes-from');
  if (from) {
    given.notice(
      from.span,
      {
        en: 'it also has the mounts of another container, which are not known',
        zh: '它还使用另一个容器的挂载，其内容未知',
      },
      { en: 'check the other container as well', zh: '请同时检查另一个容器' },
    );
  }
}

/** What stands for options, without what else is written in it. */
export function openName(text: string): string {
  const [, name] = /^\$\{?([\w@*]+)/.exec(text) ?? [];
  if (name !== undefined) return `$${name}`;
  const [plain] = /^\$\(\w+\)|^\$?\{\{[\w .-]+\}\}/.exec(text) ?? [];
  return plain ?? '$(…)';
}

function argumentNotice(given: Given, { kind, option, nearest, span }: ArgumentProblem): void {
  if (kind === 'missing-value') {
    const need = { en: 'give it one', zh: '请补上该值' };
    given.notice(span, { en: `${option} needs a value`, zh: `${option} 需要一个值` }, need);
    return;
  }
  given.notice(
    span,
    { en: `there is no option ${option}`, zh: `没有 ${option} 这个选项` },
    nearest
      ? { en: `write ${nearest}, if that is what is meant`, zh: `若本意如此，请改为 ${nearest}` }
      : { en: 'take it away or correct it', zh: '请删除或修正' },
  );
}
