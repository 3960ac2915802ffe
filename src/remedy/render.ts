import type { ContainerSpec, Dialect, Owner } from '../model/container-spec.ts';
import type { EngineFacts } from '../model/engine.ts';
import type { Disruption, Remedy, SpecRemedy } from '../model/remedy.ts';
import type { RenderedRemedy } from '../model/report.ts';
import { applySpecChange, isLiveChange } from '../model/spec-change.ts';
import type { Language } from '../model/text.ts';
import { daemonCommands } from './dialects/daemon-json.ts';
import { composeLines, podLines, runLines, serviceLines, updateLines } from './lines.ts';
import { shellOperand, shellWord } from './shell.ts';

export type RemedySubject =
  | { readonly kind: 'container'; readonly container: ContainerSpec }
  | { readonly kind: 'engine'; readonly engine: EngineFacts };

/**
 * A remedy in the words of its subject's own dialect and owner, one command or line each. No commands where
 * the dialect has no words for the change: the summary then stands alone.
 */
export function renderRemedy(remedy: Remedy, subject: RemedySubject, language: Language): RenderedRemedy {
  const { kind, disruption } = remedy;
  const rendered = { kind, summary: remedy.summary[language], disruption };
  if (remedy.kind === 'manual') return { ...rendered, commands: remedy.commands };
  if (remedy.kind === 'daemon') {
    const engine = subject.kind === 'engine' ? subject.engine : undefined;
    return { ...rendered, commands: daemonCommands(remedy, engine, language) };
  }
  if (subject.kind === 'engine') return { ...rendered, commands: [] };
  return {
    ...rendered,
    disruption: specDisruption(remedy, subject.container),
    commands: specCommands(remedy, subject.container, language),
  };
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
  switch (mannerOf(container)) {
    case 'compose':
      return followed(composeLines(container, changed, language), composeCommand(container));
    case 'kubernetes':
      return followed(podLines(container, changed, language), kubernetesCommand(container));
    case 'swarm':
      return serviceLines(container, changed);
    default:
      return runLines(container, changed, language);
  }
}

function followed(lines: readonly string[], command: string | undefined): string[] {
  return lines.length === 0 || command === undefined ? [...lines] : [...lines, command];
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
