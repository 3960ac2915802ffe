import { isObject, type JsonObject, objectIn, textIn } from '../../model/json.ts';
import type { ExistenceStep } from '../../model/plan.ts';
import { ActionError } from '../action-error.ts';
import type { EngineControl } from '../engine-control.ts';
import { containerMark, containerNamed, findContainer, markOf, nameOf } from '../made-by-fix.ts';
import type { Side, StepKind } from '../step-kind.ts';

/**
 * Containers and networks that a fix makes. Their body bears the mark of the fix: what has the name without the mark is
 * somebody else's, and is neither taken for made nor taken away.
 */
export function existenceSteps(engine: EngineControl): StepKind<ExistenceStep> {
  return {
    side: (step) => (step.what === 'container' ? containerSide(engine, step) : networkSide(engine, step)),
    bring: (step, side) =>
      step.what === 'container' ? bringContainer(engine, step, side) : bringNetwork(engine, step, side),
  };
}

async function containerSide(engine: EngineControl, step: ExistenceStep): Promise<Side | 'other'> {
  if ((await madeContainer(engine, step)) !== null) return 'after';
  return (await containerNamed(engine, step.name)) === null ? 'before' : 'other';
}

async function bringContainer(engine: EngineControl, step: ExistenceStep, side: Side): Promise<void> {
  const made = await madeContainer(engine, step);
  if (side === 'before') {
    // Without `v`: its volumes are those of the container that it stood for.
    if (made !== null) await engine.remove(`/containers/${textIn(made, 'Id') ?? ''}?force=1`);
    return;
  }
  if (made !== null) return;
  const answer = await engine.post(`/containers/create?name=${encodeURIComponent(step.name)}`, step.body);
  if (answer === null) throw new ActionError(partMissing(step.name));
}

/** The one that bears this step's mark, whatever it is called by now. */
async function madeContainer(engine: EngineControl, { name, body }: ExistenceStep): Promise<JsonObject | null> {
  const found = await findContainer(engine, name);
  return found !== null && containerMark(found) === markOf(objectIn(body, 'Labels')) ? found : null;
}

async function networkSide(engine: EngineControl, step: ExistenceStep): Promise<Side | 'other'> {
  const network = await networkNamed(engine, step.name);
  if (network === null) return 'before';
  return isMade(network, step) ? 'after' : 'other';
}

async function bringNetwork(engine: EngineControl, step: ExistenceStep, side: Side): Promise<void> {
  const network = await networkNamed(engine, step.name);
  if (side === 'before') {
    if (network === null || !isMade(network, step)) return;
    const members = Object.values(objectIn(network, 'Containers')).map((each) => textIn(each, 'Name') ?? '?');
    if (members.length > 0) throw new ActionError(stillUsed(step.name, members));
    await engine.remove(`/networks/${textIn(network, 'Id') ?? ''}`);
    return;
  }
  if (network !== null) return;
  await engine.post('/networks/create', { CheckDuplicate: true, ...step.body, Name: step.name });
}

/** The network of exactly this name. The engine takes the beginning of an id for a name, too. */
async function networkNamed(engine: EngineControl, name: string): Promise<JsonObject | null> {
  const answer = await engine.get(`/networks/${encodeURIComponent(name)}`);
  return isObject(answer) && nameOf(answer) === name ? answer : null;
}

function isMade(network: JsonObject, { body }: ExistenceStep): boolean {
  const mark = markOf(objectIn(network, 'Labels'));
  return mark !== undefined && mark === markOf(objectIn(body, 'Labels'));
}

function partMissing(name: string) {
  return {
    en: `${name} cannot be created: its image or a network of it is not there`,
    zh: `无法创建 ${name}：其镜像或网络不存在`,
  };
}

function stillUsed(name: string, members: readonly string[]) {
  return {
    en: `the network ${name} cannot go: ${members.join(', ')} joined it; take them out with docker network disconnect ${name} CONTAINER`,
    zh: `无法移除网络 ${name}：${members.join('、')} 已接入，请先用 docker network disconnect ${name} CONTAINER 断开`,
  };
}
