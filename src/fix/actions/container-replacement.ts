import type { ContainerSpec } from '../../model/container-spec.ts';
import { isObject, type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Action, Refusal, Step } from '../../model/plan.ts';
import { applySpecChange, isLiveChange } from '../../model/spec-change.ts';
import type { Text } from '../../model/text.ts';
import { listDifference } from '../../remedy/difference.ts';
import { runArguments, runOptions } from '../../remedy/dialects/docker-run.ts';
import { createRequestOf } from '../create-body.ts';
import { hardenedBody } from '../harden-body.ts';
import { keptName, madeName, markLabel, nameOf, tokenOf } from '../made-by-fix.ts';
import {
  answeredBy,
  type Failure,
  type PlanContext,
  type Planned,
  type Planner,
  refusedAll,
  refusedOnError,
} from '../planning.ts';
import { merged } from './merged-changes.ts';
import { replacementEffects } from './replacement-effects.ts';
import { tightness, usageOf } from './container-usage.ts';
import { changeObstacle, containerObstacle } from './replacement-obstacles.ts';

/**
 * Re-creates containers that nobody else owns with a specification that passes: whatever the engine tells of the old one,
 * and the changes. The old one stays, stopped, under another name. Changes that a running container takes on are put into
 * the new one with the others; a container that needs nothing else is not re-created for them.
 */
export const planContainerReplacement: Planner = async (failures, context) => {
  const groups = Map.groupBy(
    failures.filter(isSpecFailure).filter(({ subject }) => subject.value.owner.kind === 'none'),
    ({ subject }) => subject.id,
  );
  // An engine takes up to a second to count what a container uses, and counts for all at once.
  const planned = await Promise.all(
    [...groups.values()].map(async (group): Promise<Planned> => {
      const needing = group.filter(({ remedy }) => !isLiveChange(remedy.change));
      if (needing.length === 0) return { actions: [], refused: [] };
      return refusedOnError(needing, () => planOne(group, needing, context));
    }),
  );
  return {
    actions: planned.flatMap(({ actions }) => actions),
    refused: planned.flatMap(({ refused }) => refused),
  };
};

type SpecFailure = Failure & {
  readonly subject: Extract<Failure['subject'], { kind: 'container' }>;
  readonly remedy: Extract<Failure['remedy'], { kind: 'spec' }>;
};

function isSpecFailure(failure: Failure): failure is SpecFailure {
  return failure.subject.kind === 'container' && failure.remedy?.kind === 'spec';
}

/** Refused are only failures that a running container could not be rid of. */
async function planOne(
  group: readonly SpecFailure[],
  needing: readonly SpecFailure[],
  context: PlanContext,
): Promise<Planned> {
  const container = group[0]?.subject.value as ContainerSpec;
  const inspected = await context.engine(`/containers/${container.id ?? container.name}/json`);
  if (!isObject(inspected)) return { actions: [], refused: refusedAll(needing, gone) };
  const obstacle = await containerObstacle(container, inspected, context);
  if (obstacle) return { actions: [], refused: refusedAll(needing, obstacle.reason, obstacle) };
  const image = await context.engine(`/images/${textIn(inspected, 'Image') ?? ''}/json`);
  if (!isObject(image)) return { actions: [], refused: refusedAll(needing, noImage, pullIt) };
  const refused: Refusal[] = [];
  const possible: SpecFailure[] = [];
  const usage = await usageOf(container, context);
  for (const failure of group) {
    const own = tightness(failure, usage) ?? (await changeObstacle(container, failure.remedy.change, context));
    if (own) refused.push(...refusedAll([failure], own.reason, own));
    else possible.push(failure);
  }
  const after = merged(
    container,
    possible.map(({ remedy }) => remedy.change),
  );
  if (!possible.some((failure) => needing.includes(failure))) return { actions: [], refused };
  return { actions: [await actionOf({ container, after, inspected, image, failures: possible, context })], refused };
}

interface Replacement {
  readonly container: ContainerSpec;
  readonly after: ContainerSpec;
  readonly inspected: JsonObject;
  readonly image: JsonObject;
  readonly failures: readonly Failure[];
  readonly context: PlanContext;
}

async function actionOf({ container, after, inspected, image, failures, context }: Replacement): Promise<Action> {
  const name = nameOf(inspected);
  const id = textIn(inspected, 'Id') ?? '';
  const [made, kept] = [madeName(name, tokenOf(id)), keptName(name, tokenOf(id))];
  const before = applySpecChange(container, {});
  const info = context.machine.engine.info;
  const request = createRequestOf(inspected, image, info.known ? info.value.name : undefined);
  const hardened = hardenedBody(request.body, before, after);
  const body = {
    ...hardened,
    Image: await imageName(textIn(hardened, 'Image') ?? '', textIn(inspected, 'Image') ?? '', context),
    Labels: { ...objectIn(hardened, 'Labels'), [markLabel]: made },
  };
  const runs = objectIn(inspected, 'State')['Running'] === true;
  const policy = objectIn(objectIn(inspected, 'HostConfig'), 'RestartPolicy');
  const steps: Step[] = [
    { kind: 'existence', what: 'container', name: made, body },
    ...Object.entries(request.places).map(([network, place]): Step => ({
      kind: 'membership',
      network,
      container: made,
      before: null,
      after: place,
    })),
    ...(isPolicy(policy) ? [keepDown(id, policy)] : []),
    ...(runs ? [{ kind: 'running', container: id, before: true, after: false, patience: 0 } as const] : []),
    { kind: 'name', before: name, after: kept },
    { kind: 'name', before: made, after: name },
    ...(runs
      ? [{ kind: 'running', container: made, before: false, after: true, patience: patienceFor(inspected) } as const]
      : []),
  ];
  return {
    id: `container-replacement/${name}`,
    kind: 'container-replacement',
    answers: answeredBy(failures),
    summary: summaryOf(name, kept, runs),
    diff: differenceOf(before, after),
    disruption: 'recreate',
    affects: replacementEffects({ name, before, after, inspected, kept, runs }),
    steps,
  };
}

/**
 * The old one is to stay down, also when the engine starts again: `always` would bring it back then, and `on-failure` too,
 * since most programs end with an error when they are stopped.
 */
function keepDown(container: string, policy: JsonObject): Step {
  const none = { Name: 'no', MaximumRetryCount: 0 };
  return { kind: 'limits', container, before: { RestartPolicy: policy }, after: { RestartPolicy: none } };
}

function isPolicy(policy: JsonObject): boolean {
  return !['', 'no', undefined].includes(textIn(policy, 'Name'));
}

/** A tag may name another image by now: then the id, so that nothing but the specification changes. */
async function imageName(reference: string, id: string, context: PlanContext): Promise<string> {
  const named = await context.engine(`/images/${encodeURI(reference)}/json`);
  return textIn(named, 'Id') === id ? reference : id;
}

/** Seconds: as long as its health check may take to come to a judgement. */
function patienceFor(inspected: JsonObject): number {
  const check = objectIn(objectIn(inspected, 'Config'), 'Healthcheck');
  const test = listIn(check, 'Test');
  if (test.length === 0 || test[0] === 'NONE') return 10;
  const seconds = (key: string, otherwise: number) => {
    const value = check[key];
    return typeof value === 'number' && value > 0 ? value / 1e9 : otherwise;
  };
  const retries = typeof check['Retries'] === 'number' && check['Retries'] > 0 ? check['Retries'] : 3;
  const once = seconds('Interval', 30) + seconds('Timeout', 30);
  return Math.min(Math.ceil(seconds('StartPeriod', 0) + once * (retries + 1)), 600);
}

/** Values of variables are not shown, nor those of labels that may be secrets. */
function differenceOf(before: ContainerSpec, after: ContainerSpec): string {
  const { added, removed } = listDifference(
    [...runOptions(before), ...runArguments(before)],
    [...runOptions(after), ...runArguments(after)],
  );
  return [...removed.map((each) => `- ${each}`), ...added.map((each) => `+ ${each}`), ''].join('\n');
}

function summaryOf(name: string, kept: string, runs: boolean): Text {
  return runs
    ? {
        en: `Re-create ${name} hardened; the old one stays, stopped, as ${kept}, and comes back if the new one does not stay well.`,
        zh: `以加固后的配置重建 ${name}；旧容器停止后保留为 ${kept}，若新容器未能正常运行则恢复旧容器。`,
      }
    : {
        en: `Re-create ${name} hardened, stopped as it is; the old one stays as ${kept}.`,
        zh: `以加固后的配置重建 ${name}，保持停止状态；旧容器保留为 ${kept}。`,
      };
}

const gone: Text = { en: 'the container is no longer there', zh: '该容器已不存在' };
const noImage: Text = { en: 'its image is no longer on this engine', zh: '其镜像已不在此引擎上' };
const pullIt = {
  advice: {
    en: 'Pull or build the image again, and re-create the container by hand.',
    zh: '请重新拉取或构建镜像，并手工重建容器。',
  },
};
