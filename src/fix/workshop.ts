import type { Action, Effect, Step } from '../model/plan.ts';
import type { Proof, Workshop } from './apply.ts';
import { takeDaemonEffect } from './daemon-effects.ts';
import type { DaemonStart } from './daemon-start.ts';
import type { EngineControl } from './engine-control.ts';
import type { Journal } from './journal.ts';
import type { Checkpoint, StepKind } from './step-kind.ts';
import { accessSteps } from './steps/access.ts';
import { fileSteps } from './steps/file.ts';
import { auditSteps } from './steps/audit.ts';
import { existenceSteps } from './steps/existence.ts';
import { filterRuleSteps } from './steps/filter-rule.ts';
import { limitSteps } from './steps/limits.ts';
import { membershipSteps } from './steps/membership.ts';
import { nameSteps } from './steps/name.ts';
import { removalSteps } from './steps/removal.ts';
import { runningSteps } from './steps/running.ts';
import { serviceSteps } from './steps/service.ts';
import { parameterSteps } from './steps/parameter.ts';

export interface WorkshopOptions {
  readonly journal: Journal;
  readonly engine: EngineControl;
  /** How the daemon is started; absent where nobody knows. */
  readonly daemon: DaemonStart | undefined;
  readonly prove: (action: Action) => Promise<Proof>;
  readonly isStopped?: () => boolean;
  readonly checkpoint?: Checkpoint;
}

/** The workshop of the machine that this process runs on. */
export function openWorkshop({
  journal,
  engine,
  daemon,
  prove,
  isStopped = () => false,
  checkpoint = () => {},
}: WorkshopOptions): Workshop {
  const kinds: { readonly [K in Step['kind']]: StepKind<Extract<Step, { kind: K }>> } = {
    file: fileSteps(checkpoint),
    access: accessSteps,
    parameter: parameterSteps(),
    limits: limitSteps(engine),
    audit: auditSteps(),
    'filter-rule': filterRuleSteps(),
    membership: membershipSteps(engine),
    existence: existenceSteps(engine),
    running: runningSteps(engine),
    name: nameSteps(engine),
    service: serviceSteps(engine),
    removal: removalSteps(engine),
  };
  return {
    journal,
    checkpoint,
    prove,
    isStopped,
    kindOf: <S extends Step>(step: S) => kinds[step.kind] as unknown as StepKind<S>,
    take: (effect: Effect) => takeDaemonEffect(effect, daemon, engine),
  };
}
