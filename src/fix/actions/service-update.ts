import { isDeepStrictEqual } from 'node:util';
import { PlimsollError } from '../../model/error.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { isObject, type JsonObject, type JsonValue, objectIn, textIn } from '../../model/json.ts';
import type { Action, Affected, Refusal } from '../../model/plan.ts';
import type { SpecRemedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { concealObject } from '../../remedy/redaction.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll } from '../planning.ts';
import { remadeEffects } from './remade-effects.ts';
import { changedService } from './service-spec.ts';
import { runsHere } from './runs-here.ts';
import { ulimitObstacle } from './ulimit-obstacle.ts';
import * as refusals from './service-refusals.ts';

interface Own extends Failure {
  readonly live: ContainerSpec;
  readonly remedy: SpecRemedy;
}

/**
 * Containers that a service of a swarm made are mended in the service, which then makes them anew: one action a service. The
 * service can be asked for and changed only at a manager.
 */
export async function planServiceUpdate(failures: readonly Failure[], context: PlanContext): Promise<Planned> {
  const actions: Action[] = [];
  const refused: Refusal[] = [];
  const own = failures.flatMap(ownFailure);
  for (const group of Map.groupBy(own, ({ live }) => serviceOf(live)).values()) {
    const planned = await planService(group, context);
    actions.push(...planned.actions);
    refused.push(...planned.refused);
  }
  return { actions, refused };
}

function ownFailure(failure: Failure): Own[] {
  const { subject, remedy } = failure;
  if (subject.kind !== 'container' || remedy?.kind !== 'spec' || subject.value.owner.kind !== 'swarm') return [];
  return [{ ...failure, live: subject.value, remedy }];
}

/** Its id, or its name. */
function serviceOf({ labels, owner }: ContainerSpec): string {
  return labels['com.docker.swarm.service.id'] || (owner.service ?? '');
}

async function planService(group: readonly Own[], context: PlanContext): Promise<Planned> {
  const refuse = (failures: readonly Own[], { reason, ...rest }: refusals.ServiceRefusal) =>
    refusedAll(failures, reason, rest);
  const [first] = group;
  const name = first?.live.owner.service ?? '';
  const answer = first && (await askedFor(serviceOf(first.live), context));
  if (isWorker(context) || (answer instanceof PlimsollError && /swarm manager/i.test(answer.message))) {
    return { actions: [], refused: refuse(group, refusals.noManager(name)) };
  }
  if (answer instanceof PlimsollError)
    return { actions: [], refused: refuse(group, refusals.notAnswered(name, answer)) };
  if (!isObject(answer)) return { actions: [], refused: refuse(group, refusals.gone(name)) };
  const state = textIn(objectIn(answer, 'UpdateStatus'), 'State') ?? 'completed';
  if (!['completed', 'rollback_completed'].includes(state)) {
    return { actions: [], refused: refuse(group, refusals.underWay(name, state)) };
  }
  if (context.ownContainers && group.some(({ live }) => context.ownContainers?.has(live.id ?? ''))) {
    return { actions: [], refused: refuse(group, runsHere) };
  }
  const before = objectIn(answer, 'Spec');
  const api = apiOf(context);
  const refused: Refusal[] = [];
  const answered: Own[] = [];
  let after = before;
  for (const failure of group) {
    const limit = ulimitObstacle(failure.live, failure.remedy.change, context);
    if (limit) {
      refused.push(...refuse([failure], limit));
      continue;
    }
    const changed = changedService(after, failure.live, failure.remedy.change, api);
    if ('unsaid' in changed) refused.push(...refuse([failure], refusals.noWord(name, changed.unsaid)));
    else {
      after = changed.spec;
      answered.push(failure);
    }
  }
  if (isDeepStrictEqual(before, after))
    return { actions: [], refused: [...refused, ...refuse(answered, refusals.same(name))] };
  return { actions: [actionOf(name, answered, { answer, before, after, context })], refused };
}

async function askedFor(service: string, context: PlanContext): Promise<JsonValue | PlimsollError> {
  try {
    return await context.engine(`/services/${encodeURIComponent(service)}`);
  } catch (error) {
    if (error instanceof PlimsollError) return error;
    throw error;
  }
}

function isWorker({ machine }: PlanContext): boolean {
  const { info } = machine.engine;
  return info.known && info.value.swarmManager === false && info.value.swarm === 'active';
}

/** The second number of the API's version; where it is not known, as old as any that is still in use. */
function apiOf({ machine }: PlanContext): number {
  const { version } = machine.engine;
  return version.known ? Number(version.value.apiVersion.split('.')[1] ?? 0) : 0;
}

interface Change {
  readonly answer: JsonObject;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly context: PlanContext;
}

function actionOf(name: string, answered: readonly Own[], { answer, before, after, context }: Change): Action {
  const stack = textIn(objectIn(before, 'Labels'), 'com.docker.stack.namespace');
  return {
    id: `service-update/${name}`,
    kind: 'service-update',
    answers: answeredBy(answered),
    summary: refusals.summaryOf(name, stack),
    diff: diffOf(objectIn(before, 'TaskTemplate'), objectIn(after, 'TaskTemplate')).join('\n'),
    disruption: 'recreate',
    affects: [...affectedBy(name, context), ...risksOf(answered)],
    steps: [{ kind: 'service', service: textIn(answer, 'ID') ?? name, before, after }],
  };
}

function affectedBy(service: string, { machine }: PlanContext): Affected[] {
  const why: Text = {
    en: `swarm makes the tasks of ${service} anew, here and on other nodes, as its update settings say`,
    zh: `swarm 会按更新设置重新创建 ${service} 的任务，包括其他节点上的任务`,
  };
  return machine.containers
    .filter(({ owner }) => owner.kind === 'swarm' && owner.service === service)
    .map(({ name }) => ({ container: name, effect: 'is-replaced', why }));
}

function risksOf(answered: readonly Own[]): Affected[] {
  return [...Map.groupBy(answered, ({ live }) => live).entries()].flatMap(([live, failures]) =>
    remadeEffects(
      live,
      failures.map(({ remedy }) => remedy.change),
    ),
  );
}

/** Lines of fields that differ; values that may be secrets are not shown. */
function diffOf(before: JsonObject, after: JsonObject, path = ''): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const [old, next] = [before[key], after[key]];
    if (isDeepStrictEqual(old, next)) return [];
    if (isObject(next) && (old === undefined || isObject(old))) return diffOf(old ?? {}, next, `${path}${key}.`);
    return [...line('-', path + key, key, old), ...line('+', path + key, key, next)];
  });
}

function line(sign: string, path: string, key: string, value: JsonValue | undefined): string[] {
  return value === undefined ? [] : [`${sign} ${path}: ${JSON.stringify(concealObject({ [key]: value })[key])}`];
}
