import { imageDigits } from '../../model/image-reference.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Action, Affected } from '../../model/plan.ts';
import type { RemovalChange } from '../../model/host-change.ts';
import type { Text } from '../../model/text.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll } from '../planning.ts';
import { usesImage } from '../steps/removal.ts';
import { hostFailures } from './host-failures.ts';

/** A container or image each; nothing of it can be taken back, so that it must have been asked for. */
export async function planRemovals(failures: readonly Failure[], context: PlanContext): Promise<Planned> {
  const own = hostFailures(failures, 'removal');
  if (own.length === 0) return { actions: [], refused: [] };
  if (!context.allowRemoval) {
    return {
      actions: [],
      refused: own.flatMap(({ failure, changes }) =>
        refusedAll([failure], notAsked(changes), allowIt).map((each) => ({ ...each, why: 'excluded' as const })),
      ),
    };
  }
  const actions: Action[] = [];
  const refused: Planned['refused'][number][] = [];
  const known = await knownTo(context);
  for (const { failure, changes } of own) {
    const planned: Action[] = [];
    const goes = new Set(changes.map(({ id }) => imageDigits(id)));
    for (const change of youngestFirst(changes, known)) {
      const outcome =
        change.what === 'image' ? await planImage(change, goes, known, context) : await planContainer(change, context);
      if ('action' in outcome) planned.push(outcome.action);
      else if (outcome.obstacle) refused.push(...refusedAll([failure], outcome.obstacle.reason, outcome.obstacle));
    }
    if (planned.length === 0 && !refused.some((each) => each.control === failure.control.id)) {
      refused.push(...refusedAll([failure], goneMeanwhile));
    }
    // The finding is gone with the last of them, and not before.
    const isWhole = planned.length > 0 && !refused.some((each) => each.control === failure.control.id);
    const last = planned.length - 1;
    actions.push(
      ...planned.map((action, index) =>
        isWhole && index === last ? { ...action, answers: answeredBy([failure]) } : action,
      ),
    );
  }
  return { actions, refused };
}

const goneMeanwhile: Text = {
  en: 'somebody has removed it since it was looked at: audit again',
  zh: '查看之后已被他人移除：请重新审计',
};

const allowIt = {
  advice: {
    en: 'Look at what would be lost, and give --allow-removal.',
    zh: '请先确认会丢失的内容，再使用 --allow-removal。',
  },
  commands: ['plimsoll fix --allow-removal'],
};

function notAsked(changes: readonly RemovalChange[]): Text {
  const names = changes.slice(0, 10).map(({ name }) => name);
  const more = changes.length - names.length;
  return {
    en: `what is removed cannot come back, so that it must be asked for with --allow-removal: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    zh: `移除后无法恢复，因此须以 --allow-removal 明确要求：${names.join('、')}${more > 0 ? `，另有 ${more} 个` : ''}`,
  };
}

interface Known {
  readonly containers: JsonValue;
  /** Layers without a name among them. */
  readonly images: readonly JsonValue[];
}

async function knownTo(context: PlanContext): Promise<Known> {
  const containers = await context.engine('/containers/json?all=1');
  const images = await context.engine('/images/json?all=1');
  return { containers, images: Array.isArray(images) ? (images as readonly JsonValue[]) : [] };
}

/** An image that another was built on goes after it. */
function youngestFirst(changes: readonly RemovalChange[], { images }: Known): RemovalChange[] {
  const parents = new Map(
    images.map((each) => [imageDigits(textIn(each, 'Id') ?? ''), imageDigits(textIn(each, 'ParentId') ?? '')]),
  );
  const depth = (id: string, seen: readonly string[] = []): number => {
    const parent = parents.get(id);
    return !parent || seen.includes(id) ? 0 : 1 + depth(parent, [...seen, id]);
  };
  return changes.toSorted((left, right) => depth(imageDigits(right.id)) - depth(imageDigits(left.id)));
}

interface Obstacle {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}
type Outcome = { readonly action: Action } | { readonly obstacle: Obstacle | undefined };

async function planContainer(change: RemovalChange, context: PlanContext): Promise<Outcome> {
  const path = `/containers/${encodeURIComponent(change.id)}`;
  const found = await context.engine(`${path}/json?size=1`);
  // Somebody has removed it meanwhile.
  if (!isObject(found)) return { obstacle: undefined };
  const state = objectIn(found, 'State');
  if (['Running', 'Paused', 'Restarting'].some((name) => state[name] === true)) {
    return { obstacle: { reason: { en: `${change.name} runs again`, zh: `${change.name} 又在运行` } } };
  }
  const dependents = dependentsOf(change, context);
  const changed = await context.engine(`${path}/changes`);
  const count = Array.isArray(changed) ? changed.length : 0;
  const volumes = anonymousVolumes(found);
  const lost: Text = {
    en: [
      `its log, its settings and what it changed in its own layer (paths: ${count}, ${sizeOf(found['SizeRw'])}) are lost`,
      ...(volumes > 0 ? [`volumes without a name that stay and belong to nobody: ${volumes}`] : []),
    ].join('; '),
    zh: [
      `其日志、设置以及可写层中的 ${count} 处更改（${sizeOf(found['SizeRw'])}）将丢失`,
      ...(volumes > 0 ? [`${volumes} 个匿名卷会保留，但不再属于任何容器`] : []),
    ].join('；'),
  };
  const removed: Affected = {
    container: change.name,
    effect: 'is-removed',
    why: { en: 'it has been stopped for long', zh: '它早已停止' },
  };
  return {
    action: actionOf(
      change,
      {
        en: `Removes the stopped container ${change.name}: ${lost.en}.`,
        zh: `移除已停止的容器 ${change.name}：${lost.zh}。`,
      },
      [removed, ...dependents],
    ),
  };
}

/** Those that take their namespaces or mounts from it cannot be started or made again without it. */
function dependentsOf({ id, name }: RemovalChange, { machine }: PlanContext): Affected[] {
  const isMeant = (reference: string) => reference === name || (reference.length >= 12 && id.startsWith(reference));
  return machine.containers
    .filter(
      ({ namespaces, volumesFrom = [] }) =>
        Object.values(namespaces).some(
          (each) => each.startsWith('container:') && isMeant(each.slice('container:'.length)),
        ) || volumesFrom.some((each) => isMeant(each.replace(/:r[ow]$/, ''))),
    )
    .map((each) => ({
      container: each.name,
      effect: 'may-break',
      why: {
        en: `it uses a namespace or the volumes of ${name}`,
        zh: `它使用 ${name} 的命名空间或卷`,
      },
    }));
}

function anonymousVolumes(container: JsonObject): number {
  return listIn(container, 'Mounts').filter(
    (each) => textIn(each, 'Type') === 'volume' && /^[0-9a-f]{64}$/.test(textIn(each, 'Name') ?? ''),
  ).length;
}

async function planImage(
  change: RemovalChange,
  goes: ReadonlySet<string>,
  { containers, images }: Known,
  context: PlanContext,
): Promise<Outcome> {
  const found = await context.engine(`/images/${encodeURIComponent(change.id)}/json`);
  if (!isObject(found)) return { obstacle: undefined };
  const obstacle = imageObstacle(change, found, goes, { containers, images });
  if (obstacle) return { obstacle };
  const isLocal = listIn(found, 'RepoDigests').length === 0;
  const size = sizeOf(found['Size']);
  return {
    action: actionOf(
      change,
      {
        en: `Removes the unused image ${change.name} (${size}, shared layers included). ${isLocal ? 'It was built here and cannot be pulled again.' : 'It can be pulled again as long as its registry has it.'}`,
        zh: `移除闲置镜像 ${change.name}（${size}，含共享层）。${isLocal ? '它在本机构建，无法重新拉取。' : '只要仓库仍有该镜像即可重新拉取。'}`,
      },
      [],
    ),
  };
}

function imageObstacle(
  { id, name }: RemovalChange,
  found: JsonObject,
  goes: ReadonlySet<string>,
  { containers, images }: Known,
): Obstacle | undefined {
  // The engine takes whatever it finds by a name: only the image itself will do.
  if (imageDigits(textIn(found, 'Id') ?? '') !== imageDigits(id)) {
    return { reason: { en: `${name} is another image by now`, zh: `${name} 已是另一个镜像` } };
  }
  if (usesImage(containers, id)) {
    return { reason: { en: `a container was made from ${name}`, zh: `有容器使用 ${name}` } };
  }
  const child = images.find((each) => {
    const parent = textIn(each, 'ParentId') ?? '';
    return parent !== '' && imageDigits(parent) === imageDigits(id) && !goes.has(imageDigits(textIn(each, 'Id') ?? ''));
  });
  if (child !== undefined) {
    const other = textIn(child, 'Id') ?? '';
    return { reason: { en: `${other} was built on ${name}`, zh: `${other} 基于 ${name} 构建` } };
  }
  return namesObstacle(name, listIn(found, 'RepoTags').map(String), listIn(found, 'RepoDigests').map(String));
}

/** By its id the engine removes an image of several names only with force. */
function namesObstacle(name: string, tags: readonly string[], digests: readonly string[]): Obstacle | undefined {
  const repositories = new Set(digests.map((digest) => digest.replace(/@.*$/, '')));
  const names = tags.length > 1 ? tags : repositories.size > 1 ? digests : [];
  if (names.length === 0) return undefined;
  return {
    reason: {
      en: `${name} has several names, so that the engine would have to be forced: ${names.join(', ')}`,
      zh: `${name} 有多个名称，须强制才能移除：${names.join('、')}`,
    },
    advice: { en: 'Take its names away one by one.', zh: '请逐个移除其名称。' },
    commands: names.map((each) => `docker image rm ${each}`),
  };
}

function actionOf(change: RemovalChange, summary: Text, affects: readonly Affected[]): Action {
  const { what, id, name } = change;
  return {
    id: `removal/${what}/${name}`,
    kind: 'removal',
    answers: [],
    summary,
    diff: `- ${what} ${name}\n`,
    disruption: 'none',
    affects,
    steps: [{ kind: 'removal', what, id }],
    final: true,
  };
}

function sizeOf(bytes: JsonValue | undefined): string {
  const size = typeof bytes === 'number' ? bytes : 0;
  if (size >= 1e9) return `${(size / 1e9).toFixed(1)} GB`;
  return size >= 1e6 ? `${(size / 1e6).toFixed(1)} MB` : `${Math.ceil(size / 1e3)} kB`;
}
