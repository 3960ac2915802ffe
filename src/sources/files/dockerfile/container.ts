import type { ContainerSpec, HealthCheck, Mount, Variable } from '../../../model/container-spec.ts';
import {
  type CommandInstruction,
  type Dockerfile,
  type HealthcheckInstruction,
  type Instruction,
  lineage,
  type Stage,
  type Word,
} from '../../../model/dockerfile.ts';
import { parseImageReference } from '../../../model/image-reference.ts';
import type { Location } from '../../../model/location.ts';
import { Secret } from '../../../model/secret.ts';
import type { Span } from '../../../model/source-text.ts';

/**
 * The image that the target stage makes, as a container started from it without options. What the base image itself says
 * is not in it: nobody can look into it here. Undefined where the Dockerfile builds nothing.
 */
export function containerFromDockerfile(dockerfile: Dockerfile): ContainerSpec | undefined {
  const { target, file } = dockerfile;
  if (!target) return undefined;
  const image = new ImageConfiguration();
  const stages = lineage(dockerfile).toReversed();
  for (const stage of stages) image.addStage(stage);
  const { places } = image;
  return {
    name: file,
    dialect: 'dockerfile',
    state: 'declared',
    image: { reference: '' },
    entrypoint: image.entrypoint,
    command: image.command,
    ...(image.user === undefined ? {} : { user: image.user }),
    groups: [],
    privileged: false,
    capabilities: { add: [], drop: [] },
    security: { selinux: [] },
    readOnlyRoot: false,
    mounts: image.mounts,
    devices: [],
    deviceRules: [],
    deviceRequests: [],
    namespaces: {},
    sysctls: {},
    ulimits: [],
    resources: {},
    ports: [],
    exposedPorts: image.exposedPorts,
    networks: [],
    environment: [...image.environment.values()],
    labels: Object.fromEntries(image.labels),
    restart: {},
    ...(image.healthCheck ? { healthCheck: image.healthCheck } : {}),
    logging: { options: {} },
    owner: { kind: 'none' },
    origin: { file },
    locate: (field) => located(dockerfile, target, places, field),
  };
}

function located(dockerfile: Dockerfile, target: Stage, places: ReadonlyMap<string, Span>, field: string): Location {
  for (let path = field; path !== ''; path = path.replace(/(?:\.|\[)[^.[]*$|^[^.[]*$/, '')) {
    const span = places.get(path);
    if (span) return dockerfile.locate(span);
  }
  return dockerfile.locate(target.from.span);
}

/** What an image says of the containers started from it; instruction by instruction, as the build writes it. */
class ImageConfiguration {
  entrypoint: readonly string[] = [];
  command: readonly string[] = [];
  user: string | undefined;
  healthCheck: HealthCheck | undefined;
  readonly exposedPorts: string[] = [];
  readonly mounts: Mount[] = [];
  readonly environment = new Map<string, Variable>();
  readonly labels = new Map<string, string>();
  /** Where each field was written, by the model's own path. */
  readonly places = new Map<string, Span>();
  /** Of each variable its place in the environment. */
  readonly #order = new Map<string, number>();
  readonly #seen = new Set<string>();
  #commandOfStage = false;

  addStage({ base, from, instructions }: Stage): void {
    this.#commandOfStage = false;
    if (base.kind === 'image' && isNonrootByName(base.reference)) {
      this.user = 'nonroot';
      this.places.set('user', from.image.span);
    }
    for (const instruction of instructions) this.#add(instruction);
  }

  #add(instruction: Instruction): void {
    switch (instruction.keyword) {
      case 'user':
        return this.#setUser(instruction.words, instruction.span);
      case 'entrypoint':
        this.entrypoint = startedBy(instruction);
        this.#place('entrypoint', instruction);
        // A new entrypoint does not know what to do with the command of an older one.
        if (!this.#commandOfStage) {
          this.command = [];
          this.places.delete('command');
        }
        return;
      case 'cmd':
        this.command = startedBy(instruction);
        this.#commandOfStage = true;
        return this.#place('command', instruction);
      case 'healthcheck':
        this.healthCheck = healthCheckOf(instruction);
        return this.#place('healthCheck', instruction);
      case 'expose':
        return instruction.words.forEach((word) => this.#expose(word));
      case 'volume':
        return instruction.words.forEach((word) => this.#mount(word));
      case 'env':
        for (const { name, value, span } of instruction.pairs) this.#setVariable(textOf(name), value, span);
        return;
      case 'label':
        for (const { name, value, span } of instruction.pairs) {
          this.labels.set(textOf(name), value ? textOf(value) : '');
          this.places.set(`labels.${textOf(name)}`, span);
        }
        return;
      default:
    }
  }

  #place(field: string, { span, words }: { readonly span: Span; readonly words: readonly Word[] }): void {
    this.places.set(field, span);
    words.forEach((word, index) => this.places.set(`${field}[${index}]`, word.span));
  }

  #setUser([user]: readonly Word[], span: Span): void {
    if (!user) return;
    this.user = textOf(user);
    this.places.set('user', span);
  }

  #setVariable(name: string, value: Word | undefined, span: Span): void {
    const index = this.#order.get(name) ?? this.environment.size;
    this.#order.set(name, index);
    this.places.set(`environment[${index}]`, span);
    this.environment.set(name, { name, value: new Secret(value ? textOf(value) : '') });
  }

  #expose(word: Word): void {
    for (const port of portsOf(textOf(word))) {
      if (!this.#isNew(`port ${port}`)) continue;
      this.places.set(`exposedPorts[${this.exposedPorts.length}]`, word.span);
      this.exposedPorts.push(port);
    }
  }

  #isNew(key: string): boolean {
    const isNew = !this.#seen.has(key);
    this.#seen.add(key);
    return isNew;
  }

  #mount(word: Word): void {
    const target = textOf(word);
    if (!this.#isNew(`volume ${target}`)) return;
    this.places.set(`mounts[${this.mounts.length}]`, word.span);
    this.mounts.push({ kind: 'volume', target, readOnly: false, options: {}, anonymous: true });
  }
}

/** What is known of a word: its value, else as it is written, variables and all. */
function textOf({ value, text }: Word): string {
  return value ?? text;
}

/** In shell form the line is handed to the shell. */
function startedBy({ form, words, shell }: CommandInstruction): string[] {
  const texts = words.map(textOf);
  return form === 'shell' && texts.length > 0 ? [...shell, ...texts] : texts;
}

function healthCheckOf({ none, form, words }: HealthcheckInstruction): HealthCheck {
  if (none) return { test: ['NONE'] };
  return { test: [form === 'exec' ? 'CMD' : 'CMD-SHELL', ...words.map(textOf)] };
}

/** More ports in one range than anybody lists: it stays a range. */
const longestRange = 100;

/** A word may be a range, and a variable in it may stand for several words. */
function portsOf(text: string): string[] {
  return text.split(/\s+/).flatMap((each) => {
    const word = each.slice(each.lastIndexOf(':') + 1);
    const [, first, last, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/([A-Za-z]+))?$/.exec(word) ?? [];
    if (first === undefined) return word === '' ? [] : [word];
    const [from, to] = [Number(first), Number(last ?? first)];
    const suffix = `/${protocol.toLowerCase()}`;
    if (to < from || to - from > longestRange) return [`${first}-${last}${suffix}`];
    return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}${suffix}`);
  });
}

/**
 * Some makers of images say in the name that the image runs as an ordinary user: `:nonroot`, `:latest-nonroot`,
 * `docker:27-dind-rootless`, `nginxinc/nginx-unprivileged`.
 */
function isNonrootByName(reference: string | undefined): boolean {
  const parsed = reference === undefined ? undefined : parseImageReference(reference);
  if (!parsed) return false;
  const words = parsed.tag?.split('-') ?? [];
  return nonrootWords.some((word) => words.includes(word) || parsed.repository.endsWith(`-${word}`));
}

const nonrootWords = ['nonroot', 'rootless', 'unprivileged'];
