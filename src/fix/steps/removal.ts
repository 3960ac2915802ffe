import { imageDigits } from '../../model/image-reference.ts';
import { isObject, objectIn, type JsonValue, textIn } from '../../model/json.ts';
import type { RemovalStep } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { ActionError } from '../action-error.ts';
import type { EngineControl } from '../engine-control.ts';
import type { StepKind } from '../step-kind.ts';

/**
 * Containers and images that go for good. What has come to be used since is somebody else's. Nothing is forced, so that
 * the engine itself refuses a container that was started meanwhile and an image that a container was made from.
 */
export function removalSteps(engine: Pick<EngineControl, 'get' | 'remove'>): StepKind<RemovalStep> {
  const side: StepKind<RemovalStep>['side'] = async ({ what, id }) => {
    const found = await engine.get(`/${what}s/${encodeURIComponent(id)}/json`);
    if (!isObject(found)) return 'after';
    if (what === 'container') return runs(found) ? 'other' : 'before';
    return usesImage(await engine.get('/containers/json?all=1'), id) ? 'other' : 'before';
  };
  return {
    side,
    async bring(step, wanted) {
      const now = await side(step);
      if (now === wanted) return;
      if (wanted === 'before') throw new ActionError(gone(step));
      if (now === 'other') throw new ActionError(inUse(step));
      // Without `v=1` volumes stay; with `noprune=1` the layers below that have no name do.
      const options = step.what === 'image' ? '?noprune=1' : '';
      await engine.remove(`/${step.what}s/${encodeURIComponent(step.id)}${options}`);
    },
  };
}

function runs(container: JsonValue): boolean {
  const state = objectIn(container, 'State');
  return ['Running', 'Paused', 'Restarting'].some((name) => state[name] === true);
}

/** Whether a container of a list was made from the image. */
export function usesImage(list: JsonValue, id: string): boolean {
  return (
    Array.isArray(list) &&
    list.some((each) => imageDigits(textIn(each as JsonValue, 'ImageID') ?? '') === imageDigits(id))
  );
}

function gone({ what, id }: RemovalStep): Text {
  return {
    en: `the ${what} ${id} is gone and cannot come back`,
    zh: `${what === 'image' ? '镜像' : '容器'} ${id} 已删除，无法恢复`,
  };
}

function inUse({ what, id }: RemovalStep): Text {
  return {
    en: `the ${what} ${id} is in use again`,
    zh: `${what === 'image' ? '镜像' : '容器'} ${id} 又在使用中`,
  };
}
