import type { Step } from '../../model/plan.ts';
import { textOf } from '../file-diff.ts';

/** Whether steps switch it on: a restart before the engine has taken that over would stop every container. */
export function switchesLiveRestoreOn(steps: readonly Step[]): boolean {
  return steps.some(
    (step) => step.kind === 'file' && step.after !== null && /"live-restore"\s*:\s*true/.test(textOf(step.after)),
  );
}
