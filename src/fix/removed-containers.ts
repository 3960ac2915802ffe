import type { Action, Answered } from '../model/plan.ts';
import type { ContainerSpec } from '../model/container-spec.ts';

/**
 * What is removed is not mended before: a container that goes takes its own failures along, and the one made in its place
 * would stay. Actions that are for it alone are left out, and what they answer is answered by its removal.
 */
export function withoutRemoved(actions: readonly Action[], containers: readonly ContainerSpec[]): readonly Action[] {
  const removals = new Map<string, Action>(
    actions.flatMap((action) =>
      action.steps.flatMap((step) => {
        const found =
          step.kind === 'removal' && step.what === 'container' && containers.find(({ id }) => id === step.id);
        return found ? [[`container/${found.name}`, action] as const] : [];
      }),
    ),
  );
  const answers = new Map<Action, readonly Answered[]>();
  const rest = actions.filter((action) => {
    const removal = ownKinds.has(action.kind) ? removals.get(action.answers[0]?.subject ?? '') : undefined;
    if (removal === undefined) return true;
    answers.set(removal, [...(answers.get(removal) ?? []), ...action.answers]);
    return false;
  });
  return rest.map((action) => ({ ...action, answers: [...action.answers, ...(answers.get(action) ?? [])] }));
}

/** Kinds whose actions are each for one container. */
const ownKinds: ReadonlySet<Action['kind']> = new Set(['container-update', 'network-move', 'container-replacement']);
