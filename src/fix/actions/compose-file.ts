import { basename } from 'node:path';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Action, Affected, Refusal } from '../../model/plan.ts';
import type { SpecRemedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, type Planner, refusedAll } from '../planning.ts';
import { readAccess } from '../steps/access.ts';
import { composeDiff } from './compose-diff.ts';
import { composeEdit } from './compose-edit.ts';
import {
  type AccessOf,
  noFileNamed,
  type Obstacle,
  type OpenFile,
  openComposeFile,
  otherMachine,
} from './compose-obstacles.ts';
import { type ComposeSource, composeSource, readComposeProject, upCommand } from './compose-project.ts';
import { remadeEffects } from './remade-effects.ts';

/**
 * Containers that Compose made are mended in the file that they were made from: what is changed on the container itself is
 * gone with the next `docker compose up`. The file is edited; to run Compose is left to its owner.
 */
export const planComposeFile: Planner = (failures, context) => planWith(failures, context, readAccess);

interface Own extends Failure {
  readonly live: ContainerSpec;
  readonly remedy: SpecRemedy;
}

interface Draft {
  readonly file: OpenFile;
  readonly answered: Own[];
  /** Services that were edited, by their project. */
  readonly services: Map<string, { readonly source: ComposeSource; readonly names: Set<string> }>;
}

/** The same with another look at who may write where. */
export function planWith(failures: readonly Failure[], context: PlanContext, accessOf: AccessOf): Planned {
  const own = failures.flatMap(ownFailure);
  if (own.length > 0 && !context.machine.engine.local) return { actions: [], refused: refuse(own, otherMachine) };
  const drafts = new Map<string, Draft>();
  const refused: Refusal[] = [];
  const texts = new Map<string, string>();
  for (const group of groupsOf(own)) {
    const source = openSource(group, context, accessOf, drafts, texts);
    if ('reason' in source) refused.push(...refuse(group, source));
    else refused.push(...editAll(group, source, { context, drafts, texts }));
  }
  const changed = [...drafts.values()].filter(({ answered }) => answered.length > 0);
  return { actions: changed.map((draft) => actionOf(draft, texts, context)), refused };
}

function ownFailure(failure: Failure): Own[] {
  const { subject, remedy } = failure;
  if (subject.kind !== 'container' || remedy?.kind !== 'spec' || subject.value.owner.kind !== 'compose') return [];
  return [{ ...failure, live: subject.value, remedy }];
}

/** Containers that were made from the same files. */
function groupsOf(own: readonly Own[]): Own[][] {
  return [...Map.groupBy(own, ({ live }) => JSON.stringify(composeSource(live) ?? null)).values()];
}

function refuse(failures: readonly Own[], { reason, advice, commands = [] }: Obstacle): Refusal[] {
  return refusedAll(failures, reason, { advice, commands });
}

/** The files behind their names, each opened once for the whole plan. */
function openSource(
  [first]: readonly Own[],
  context: PlanContext,
  accessOf: AccessOf,
  drafts: Map<string, Draft>,
  texts: Map<string, string>,
): ComposeSource | Obstacle {
  const source = first && composeSource(first.live);
  if (!source) return noFileNamed;
  const paths: string[] = [];
  for (const name of source.files) {
    const opened = openComposeFile(name, context, accessOf);
    if ('reason' in opened) return opened;
    paths.push(opened.path);
    if (drafts.has(opened.path)) continue;
    drafts.set(opened.path, { file: opened, answered: [], services: new Map() });
    texts.set(opened.path, opened.text);
  }
  return { ...source, files: paths };
}

interface Editing {
  readonly context: PlanContext;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** As edited so far, by the path. */
  readonly texts: Map<string, string>;
}

function editAll(group: readonly Own[], source: ComposeSource, { context, drafts, texts }: Editing): Refusal[] {
  const refused: Refusal[] = [];
  const written: Own[] = [];
  for (const failure of group) {
    const result = composeEdit(failure.live, failure.remedy, source, texts, context);
    if (result.kind === 'obstacle') refused.push(...refuse([failure], result.obstacle));
    else if (result.kind === 'written') written.push(failure);
    else {
      texts.set(result.path, result.text);
      answer(failure, source, drafts.get(result.path));
    }
  }
  // An edit for another failure may have said it already; otherwise the container is older than the file.
  for (const failure of written) {
    const draft = source.files.map((path) => drafts.get(path)).find((each) => each && edits(each, failure));
    if (draft) answer(failure, source, draft);
    else refused.push(...refuse([failure], alreadyWritten(failure.live.owner.service ?? '', source)));
  }
  return refused;
}

function answer(failure: Own, source: ComposeSource, draft: Draft | undefined): void {
  if (!draft) return;
  draft.answered.push(failure);
  const key = JSON.stringify(source);
  const services = draft.services.get(key) ?? { source, names: new Set<string>() };
  services.names.add(failure.live.owner.service ?? '');
  draft.services.set(key, services);
}

function edits({ services }: Draft, { live }: Own): boolean {
  return [...services.values()].some(({ names }) => names.has(live.owner.service ?? ''));
}

function alreadyWritten(service: string, source: ComposeSource): Obstacle {
  return {
    reason: {
      en: `${source.files.join(', ')} says so already; the container was made before, or with other variables.`,
      zh: `${source.files.join('、')} 中已是如此；容器是在此之前创建的，或创建时使用了其他变量。`,
    },
    advice: { en: 'Make the container anew from the file.', zh: '请用该文件重新创建容器。' },
    commands: [upCommand(source, [service])],
  };
}

function actionOf(
  { file, answered, services }: Draft,
  texts: ReadonlyMap<string, string>,
  context: PlanContext,
): Action {
  const { path, content, mark } = file;
  const text = texts.get(path) ?? file.text;
  const names = new Set([...services.values()].flatMap((each) => [...each.names]));
  const commands = [...services.values()].map((each) => upCommand(each.source, [...each.names].toSorted()));
  return {
    id: `compose-file/${path}`,
    kind: 'compose-file',
    answers: answeredBy(answered),
    summary: summaryOf(path, [...names].toSorted()),
    diff: composeDiff(path, file.text, text, specsOf(services, texts, context)),
    disruption: 'recreate',
    affects: [...affectedBy(path, names, context), ...risksOf(answered)],
    steps: [
      {
        kind: 'file',
        path,
        before: content,
        after: { bytes: Buffer.from(mark + text).toString('base64'), access: content.access },
      },
    ],
    pending: pendingOf(commands),
  };
}

/** Every service of the projects, because one line of a file may speak of another one. */
function specsOf(
  services: Draft['services'],
  texts: ReadonlyMap<string, string>,
  context: PlanContext,
): ContainerSpec[] {
  return [...services.values()].flatMap(({ source }) => {
    const reading = readComposeProject(source, texts, context);
    return reading ? [...reading.containers.values()].map(({ value }) => value) : [];
  });
}

function affectedBy(path: string, services: ReadonlySet<string>, context: PlanContext): Affected[] {
  const { containers } = context.machine;
  const made = containers.filter(
    (each) =>
      each.owner.kind === 'compose' &&
      services.has(each.owner.service ?? '') &&
      composeSource(each)?.files.some((name) => context.realPath(name) === path),
  );
  const sharing = containers.filter(
    (each) =>
      !made.includes(each) && made.some((one) => Object.values(each.namespaces).some((mode) => joins(mode, one))),
  );
  return [
    ...made.map(({ name }) => ({ container: name, effect: 'restarts' as const, why: remade(path) })),
    ...sharing.map(({ name }) => ({ container: name, effect: 'may-break' as const, why: sharesNamespace })),
  ];
}

function risksOf(answered: readonly Own[]): Affected[] {
  return [...Map.groupBy(answered, ({ live }) => live).entries()].flatMap(([live, failures]) =>
    remadeEffects(
      live,
      failures.map(({ remedy }) => remedy.change),
    ),
  );
}

function joins(mode: string | undefined, { id, name }: ContainerSpec): boolean {
  return mode === `container:${id ?? name}` || mode === `container:${name}`;
}

function summaryOf(path: string, services: readonly string[]): Text {
  const plural = services.length === 1 ? 'the service' : 'the services';
  return {
    en: `Edit ${path} for ${plural} ${services.join(', ')}. Running containers change when docker compose up makes them anew from it.`,
    zh: `为服务 ${services.join('、')} 编辑 ${path}。待执行 docker compose up 重新创建容器后，更改才对运行中的容器生效。`,
  };
}

function pendingOf(commands: readonly string[]): Text {
  const list = commands.join('; ');
  return {
    en: `The controls pass only after this, which the fix leaves to you: ${list}. After an undo, run it again.`,
    zh: `执行以下命令后控制项才会通过，修复不会代为执行：${list}。撤销之后请再执行一次。`,
  };
}

function remade(path: string): Text {
  return {
    en: `docker compose up makes it anew from ${basename(path)}; until then it runs on as it is`,
    zh: `docker compose up 会依据 ${basename(path)} 重新创建它；在此之前它保持原样运行`,
  };
}

const sharesNamespace: Text = {
  en: 'it shares a namespace of a container that docker compose up makes anew, and must be restarted with it',
  zh: '它共用即将由 docker compose up 重新创建的容器的命名空间，须随之重启',
};
