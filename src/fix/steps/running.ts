import { setTimeout as wait } from 'node:timers/promises';
import { type JsonObject, objectIn, textIn } from '../../model/json.ts';
import type { RunningStep } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { ActionError } from '../action-error.ts';
import type { EngineControl } from '../engine-control.ts';
import { findContainer, isMadeName, nameOf } from '../made-by-fix.ts';
import type { StepKind } from '../step-kind.ts';

/** Milliseconds between two looks at a container that was started. */
const interval = 500;

/**
 * Containers that are started or stopped. One that a fix starts must become healthy within its patience, or, where it
 * has no health check, stay up for as long. One that is started again because the fix is taken back need only start: it
 * is not for us to say that it was healthy before.
 *
 * @param pause waits for so many milliseconds
 */
export function runningSteps(
  engine: EngineControl,
  pause: (milliseconds: number) => Promise<unknown> = wait,
): StepKind<RunningStep> {
  return {
    async side({ container, before, after }) {
      const found = await findContainer(engine, container);
      // One that the fix has not made yet does not run; one that was there before is missed.
      if (found === null && !isMadeName(container)) return 'other';
      const runs = found !== null && isRunning(found);
      if (runs === after) return 'after';
      return runs === before ? 'before' : 'other';
    },
    async bring(step, side) {
      const found = await findContainer(engine, step.container);
      if (found === null) {
        if (step[side]) throw new ActionError(gone(step.container));
        return;
      }
      const id = textIn(found, 'Id') ?? '';
      if (!step[side]) {
        await stop(engine, found, pause);
        return;
      }
      await engine.post(`/containers/${id}/start`);
      if (side === 'after') await untilItIsWell(engine, id, step.patience, pause);
    },
  };
}

/**
 * The engine goes on stopping a container when nobody waits for it any more. So it is waited for as long as the container
 * may take: to say that it still runs, and to have it gone a minute later, would be neither the old state nor the new.
 */
async function stop(
  engine: EngineControl,
  container: JsonObject,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  const id = textIn(container, 'Id') ?? '';
  try {
    await engine.post(`/containers/${id}/stop`);
  } catch (error) {
    const given = objectIn(container, 'Config')['StopTimeout'];
    const seconds = (typeof given === 'number' && given >= 0 ? given : usualStop) + stopSlack;
    for (let waited = 0; waited <= seconds * 1000; waited += interval) {
      const found = await findContainer(engine, id);
      if (found === null || !isRunning(found)) return;
      await pause(interval);
    }
    throw error;
  }
}

/** Seconds that the engine gives a container to stop, unless it was created with others; then it is killed. */
const usualStop = 10;
/** Seconds for the engine itself. */
const stopSlack = 10;

async function untilItIsWell(
  engine: EngineControl,
  id: string,
  patience: number,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  let last: JsonObject = {};
  for (let waited = 0; waited <= patience * 1000; waited += interval) {
    const found = await findContainer(engine, id);
    if (found === null) throw new ActionError(gone(id.slice(0, 12)));
    last = found;
    const state = objectIn(found, 'State');
    if (!isRunning(found) || found['RestartCount'] !== 0) throw new ActionError(ended(nameOf(found), state));
    const health = healthOf(found);
    if (health === 'healthy') return;
    if (health === 'unhealthy') throw new ActionError(unhealthy(nameOf(found)));
    await pause(interval);
  }
  if (healthOf(last) !== undefined) throw new ActionError(tooSlow(nameOf(last), patience));
}

/** Between two attempts a restarting container has no process, although the engine calls it running. */
function isRunning(container: JsonObject): boolean {
  const state = objectIn(container, 'State');
  return state['Running'] === true && state['Restarting'] !== true;
}

/** Absent where it has no health check. */
function healthOf(container: JsonObject): string | undefined {
  const status = textIn(objectIn(objectIn(container, 'State'), 'Health'), 'Status');
  return status === 'none' || status === '' ? undefined : status;
}

function gone(container: string): Text {
  return { en: `there is no container ${container}`, zh: `容器 ${container} 不存在` };
}

function ended(name: string, state: JsonObject): Text {
  if (state['Running'] === true) {
    return {
      en: `${name} does not stay up: the engine had to restart it`,
      zh: `${name} 未能保持运行：引擎不得不重新启动它`,
    };
  }
  const code = typeof state['ExitCode'] === 'number' ? state['ExitCode'] : '?';
  return {
    en: `${name} does not stay up: its program ended with exit code ${code}`,
    zh: `${name} 未能保持运行：程序以退出码 ${code} 结束`,
  };
}

function unhealthy(name: string): Text {
  return { en: `${name} runs, but its health check fails`, zh: `${name} 已运行，但健康检查失败` };
}

function tooSlow(name: string, patience: number): Text {
  return {
    en: `${name} did not become healthy within ${patience} seconds`,
    zh: `${name} 未能在 ${patience} 秒内变为健康状态`,
  };
}
