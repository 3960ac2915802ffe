import type { Step } from '../model/plan.ts';

/** A step's two sides. */
export type Side = 'before' | 'after';

/** How steps of one kind are read and done. Bringing a fact to the side that it is on already changes nothing. */
export interface StepKind<S extends Step> {
  /**
   * Where the fact stands now, read from its best source; `other`: somebody else has changed it; `gone`: what it is a
   * fact of is not there any more, so that there is nothing to take back.
   */
  side(step: S): Promise<Side | 'other' | 'gone'>;
  /** Throws what the system throws; the fact is then on either side, and never between. */
  bring(step: S, side: Side): Promise<void>;
  /** On the way back, still on the new side: what the effect is to be taken of once before the old side is there. */
  pass?(step: S): Promise<void>;
  /** Takes away what a killed fix left on the way from the old side to the new one. Only asked while the old side holds. */
  tidy?(step: S): void;
}

/** Called where a process may be killed, so that a test can do so. */
export type Checkpoint = (place: string) => void;

/** What is told apart from every other thing that a step changes: a path, a container's limits. */
export function keyOf(step: Step): string {
  switch (step.kind) {
    case 'file':
    case 'access':
      return `${step.kind} ${step.path}`;
    case 'parameter':
      return `parameter ${step.name}`;
    case 'audit':
      return `audit ${step.path}`;
    case 'filter-rule':
      return `filter-rule ${step.family} ${step.inInterface} ${step.port}/${step.protocol}`;
    case 'membership':
      return `membership ${step.network} ${step.container}`;
    case 'limits':
    case 'running':
      return `${step.kind} ${step.container}`;
    case 'existence':
      return `${step.what} ${step.name}`;
    case 'name':
      return `name ${step.before}`;
    case 'service':
      return `service ${step.service}`;
    case 'removal':
      return `${step.what} ${step.id}`;
    default:
      return step satisfies never;
  }
}
