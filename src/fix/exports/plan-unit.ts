import type { Plan } from '../../model/plan.ts';

/** The daemon's unit: the one that the plan has a drop-in for, else the usual one. */
export function unitOf({ actions }: Plan): string {
  const paths = actions.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'file' ? [step.path] : [])));
  const units = paths.flatMap((path) => /\/([\w:.@-]+\.service)\.d\/[^/]+$/.exec(path)?.[1] ?? []);
  return units[0] ?? 'docker.service';
}
