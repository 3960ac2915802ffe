import type { ContainerSpec, Dialect, Owner } from '../model/container-spec.ts';
import type { Subject } from '../model/control.ts';
import { pathText } from '../model/json.ts';
import type { Disruption, ObjectRemedy, Remedy, SpecRemedy, TextRemedy } from '../model/remedy.ts';
import type { RenderedRemedy } from '../model/report.ts';
import { applyEdits } from '../model/source-text.ts';
import { applySpecChange, isLiveChange } from '../model/spec-change.ts';
import type { Language } from '../model/text.ts';
import { daemonCommands } from './dialects/daemon-json.ts';
import { hostCommands } from './dialects/host.ts';
import { composeLines, podLines, runLines, serviceLines, updateLines } from './lines.ts';
import { concealText } from './redaction.ts';
import { shellOperand, shellWord } from './shell.ts';
import { withoutLine } from './without.ts';

/**
 * A remedy in the words of its subject's own dialect and owner, one command or line each. No commands where
 * the dialect has no words for the change: the summary then stands alone.
 */
export function renderRemedy(remedy: Remedy, subject: Subject, language: Language): RenderedRemedy {
  const { kind, disruption } = remedy;
  const rendered = { kind, summary: remedy.summary[language], disruption };
  if (remedy.kind === 'manual') return { ...rendered, commands: remedy.commands };
  if (remedy.kind === 'daemon') {
    const engine = subject.kind === 'engine' ? subject.value : undefined;
    return { ...rendered, commands: daemonCommands(remedy, engine, language) };
  }
  if (remedy.kind === 'host') return { ...rendered, commands: hostCommands(remedy.changes) };
  if (remedy.kind === 'text') return { ...rendered, commands: textLines(remedy, subject) };
  if (remedy.kind === 'object') return { ...rendered, commands: fieldLines(remedy, language) };
  if (subject.kind !== 'container') return { ...rendered, commands: [] };
  return {
    ...rendered,
    disruption: specDisruption(remedy, subject.value),
    commands: specCommands(remedy, subject.value, language),
  };
}

/** The lines of the text as they read with the edits. */
function textLines({ edits }: TextRemedy, subject: Subject): string[] {
  if (subject.kind !== 'dockerfile') return [];
  const { text } = subject.value;
  const before = text.split(/\r\n|\n|\r/);
  const after = applyEdits(text, edits).split(/\r\n|\n|\r/);
  const kept = new Set(before);
  return after.filter((line) => !kept.has(line)).map(concealText);
}

/** The fields with their new values, as YAML. */
function fieldLines({ fields }: ObjectRemedy, language: Language): string[] {
  return fields.map(({ path, value }) =>
    value === undefined ? withoutLine(pathText(path), language) : `${pathText(path)}: ${JSON.stringify(value)}`,
  );
}

type Manner = Exclude<Owner['kind'], 'none'> | 'docker-run';

const mannerOfDialect: Readonly<Record<Dialect, Manner>> = {
  compose: 'compose',
  pod: 'kubernetes',
  'engine-api': 'docker-run',
  'docker-run': 'docker-run',
  dockerfile: 'docker-run',
};

/** How the container is made: a change anywhere else is lost when its owner makes it again. */
function mannerOf({ owner, dialect }: ContainerSpec): Manner {
  return owner.kind === 'none' ? mannerOfDialect[dialect] : owner.kind;
}

function isLive({ change }: SpecRemedy, container: ContainerSpec): boolean {
  return mannerOf(container) === 'docker-run' && container.state !== 'declared' && isLiveChange(change);
}

/** An owner takes over even a live change by making the container anew. */
function specDisruption(remedy: SpecRemedy, container: ContainerSpec): Disruption {
  return remedy.disruption === 'none' && !isLive(remedy, container) ? 'recreate' : remedy.disruption;
}

function specCommands(remedy: SpecRemedy, container: ContainerSpec, language: Language): string[] {
  if (isLive(remedy, container)) return updateLines(container, remedy.change);
  const changed = applySpecChange(container, remedy.change);
  if (container.dialect === 'dockerfile') return imageLines(container, changed);
  switch (mannerOf(container)) {
    case 'compose':
      return followed(composeLines(container, changed, language), container, composeCommand);
    case 'kubernetes':
      return followed(podLines(container, changed, language), container, kubernetesCommand);
    case 'swarm':
      return serviceLines(container, changed);
    default:
      return runLines(container, changed, language);
  }
}

/** What of a change an image can say: its user. */
function imageLines(before: ContainerSpec, { user }: ContainerSpec): string[] {
  return user === undefined || user === before.user ? [] : [`USER ${user}`];
}

/** What makes the change come true. A file that was only read is applied by whoever ships it. */
function followed(
  lines: readonly string[],
  container: ContainerSpec,
  commandOf: (container: ContainerSpec) => string | undefined,
): string[] {
  const command = lines.length === 0 || container.origin ? undefined : commandOf(container);
  return command === undefined ? [...lines] : [...lines, command];
}

/** Made from an engine's labels, the project's name is certain, and may differ from what Compose would guess. */
function composeCommand({ name, dialect, owner }: ContainerSpec): string {
  const project = dialect === 'engine-api' && owner.project ? [`--project-name=${shellWord(owner.project)}`] : [];
  const files = (owner.files ?? []).map((file) => `--file=${shellWord(file)}`);
  return ['docker compose', ...project, ...files, 'up -d', shellOperand(owner.service ?? name)].join(' ');
}

function kubernetesCommand({ owner }: ContainerSpec): string | undefined {
  if (owner.files === undefined || owner.files.length === 0) return undefined;
  return ['kubectl apply', ...owner.files.map((file) => `--filename=${shellWord(file)}`)].join(' ');
}
