import { levelOf } from '../model/control.ts';
import type { Action, ActionKind, Answered, Plan, Refusal } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { type Tolerance, tolerances } from '../model/tolerance.ts';
import type { Owner } from '../model/container-spec.ts';
import { planAuditRules } from './actions/audit-rule.ts';
import { planComposeFile } from './actions/compose-file.ts';
import { planContainerReplacement } from './actions/container-replacement.ts';
import { planFileAccess } from './actions/file-access.ts';
import { planGroupMembers } from './actions/group-members.ts';
import { planKernelParameters } from './actions/kernel-parameter.ts';
import { planKubernetesOwned } from './actions/kubernetes-owned.ts';
import { planPacketFilter } from './actions/packet-filter.ts';
import { planNetworkMove } from './actions/network-move.ts';
import { planRemovals } from './actions/removal.ts';
import { planServiceUpdate } from './actions/service-update.ts';
import { isLimitFailure, planContainerUpdates } from './actions/container-update.ts';
import { isDaemonFailure, planDaemonSettings } from './actions/daemon-json.ts';
import { keptInPart, withoutKept } from './kept-containers.ts';
import { type Failure, type PlanContext, type Planned, type Planner, refusedOnError } from './planning.ts';
import { withoutRemoved } from './removed-containers.ts';

export interface PlanOptions {
  readonly tolerance: Tolerance;
}

interface Share {
  readonly isFor: (failure: Failure) => boolean;
  /** Each takes what is its own of these failures. */
  readonly planners: readonly Planner[];
}

/** Who plans what: the first share that a failure is for is the only one. */
const shares: readonly Share[] = [
  { isFor: isDaemonFailure, planners: [planDaemonSettings] },
  {
    isFor: ({ remedy }) => remedy?.kind === 'host',
    planners: [
      planKernelParameters,
      planAuditRules,
      planPacketFilter,
      planGroupMembers,
      planFileAccess,
      planRemovals,
    ].map(
      (plan): Planner =>
        (failures, context) =>
          plan(failures, context),
    ),
  },
  { isFor: isSpecOf('kubernetes'), planners: [planKubernetesOwned] },
  { isFor: isSpecOf('compose'), planners: [planComposeFile] },
  { isFor: isSpecOf('swarm'), planners: [planServiceUpdate] },
  { isFor: isOnDefaultBridge, planners: [planNetworkMove] },
];

/** What a container's specification must say otherwise, where this owner makes it. */
function isSpecOf(owner: Owner['kind']): (failure: Failure) => boolean {
  return ({ subject, remedy }) =>
    subject.kind === 'container' && remedy?.kind === 'spec' && subject.value.owner.kind === owner;
}

function isOnDefaultBridge({ control, subject }: Failure): boolean {
  return control.id === 'network-no-default-bridge' && subject.kind === 'container';
}

/** From the least disruption to the most: what a restart would undo comes after it, what is gone for good comes last. */
const order: readonly ActionKind[] = [
  'kernel-parameter',
  'audit-rule',
  'packet-filter',
  'group-members',
  'daemon-json',
  'file-access',
  'container-update',
  'compose-file',
  'service-update',
  'container-replacement',
  'network-move',
  'removal',
];

/** Actions of one container do not depend on those of another; of everything else the planner has chosen the order. */
const byName: ReadonlySet<ActionKind> = new Set(['container-update', 'container-replacement', 'network-move']);

function inOrder(left: Action, right: Action): number {
  const places = order.indexOf(left.kind) - order.indexOf(right.kind);
  if (places !== 0 || !byName.has(left.kind) || left.id === right.id) return places;
  return left.id < right.id ? -1 : 1;
}

/** Turns failures into actions, and says of every other failure why there is none. */
export async function planFixes(
  failures: readonly Failure[],
  context: PlanContext,
  { tolerance }: PlanOptions,
): Promise<Plan> {
  const kept = withoutKept(failures);
  const ownSpecs = kept.rest.filter(isSpecOf('none'));
  const results: Planned[] = [{ actions: [], refused: kept.refused }, await planSpecs(ownSpecs, context, tolerance)];
  let rest = kept.rest.filter((failure) => !ownSpecs.includes(failure));
  for (const { isFor, planners } of shares) {
    const own = rest.filter((failure) => isFor(failure));
    if (own.length === 0) continue;
    rest = rest.filter((failure) => !own.includes(failure));
    for (const plan of planners) results.push(await refusedOnError(own, () => plan(own, context)));
  }
  const { actions, refused } = keptInPart(failures, {
    actions: results.flatMap((each) => each.actions),
    refused: results.flatMap((each) => each.refused),
  });
  const tolerated = actions.filter((action) => demandOf(action) <= tolerances.indexOf(tolerance));
  const asked = new Set(failures.map(keyOfFailure));
  return {
    actions: withoutRemoved(withoutIdle(tolerated, asked), context.machine.containers).toSorted(inOrder),
    refused: [
      ...refused,
      ...actions.filter((action) => !tolerated.includes(action)).flatMap(tooDisruptive),
      ...rest.map(byPerson),
    ],
  };
}

/**
 * Containers that nobody else makes. One that must be made anew takes its limits along; where that may not or cannot be,
 * it is given them as it runs.
 */
async function planSpecs(failures: readonly Failure[], context: PlanContext, tolerance: Tolerance): Promise<Planned> {
  const lasting = new Set(failures.filter((failure) => !isLimitFailure(failure)).map(({ subject }) => subject.id));
  const remade = failures.filter(({ subject }) => lasting.has(subject.id));
  // What may not be done need not be planned, which takes many questions to the engine.
  const replacement =
    tolerance === 'stop'
      ? await planContainerReplacement(remade, context)
      : { actions: [], refused: excludedAll(remade, 'stop') };
  const isReplaced = new Set(
    tolerance === 'stop' ? replacement.actions.flatMap(({ answers }) => answers.map(({ subject }) => subject)) : [],
  );
  const isLive = (failure: Failure) => isLimitFailure(failure) && !isReplaced.has(failure.subject.id);
  const updates = await planContainerUpdates(failures.filter(isLive), context);
  const live = new Set(failures.filter(isLive).map(keyOfFailure));
  return {
    actions: [...replacement.actions.map((action) => withoutAnswers(action, live)), ...updates.actions],
    refused: [...replacement.refused.filter((refusal) => !live.has(keyOfAnswer(refusal))), ...updates.refused],
  };
}

function keyOfFailure({ control, subject }: Failure): string {
  return keyOfAnswer({ control: control.id, subject: subject.id });
}

function keyOfAnswer({ control, subject }: Answered): string {
  return `${control} ${subject}`;
}

/** What an update answers is not said to be left out with the replacement. */
function withoutAnswers(action: Action, others: ReadonlySet<string>): Action {
  return { ...action, answers: action.answers.filter((answer) => !others.has(keyOfAnswer(answer))) };
}

/** Without what only prepares for an action that is not done. */
function withoutIdle(actions: readonly Action[], asked: ReadonlySet<string>): Action[] {
  return actions.filter(
    ({ kind, effect, answers }) =>
      effect?.kind !== 'reload-daemon' ||
      answers.some((answer) => asked.has(keyOfAnswer(answer))) ||
      actions.some((other) => other.kind === kind && other.effect?.kind === 'restart-daemon'),
  );
}

/** The least tolerance that allows an action, as its place among them. */
function demandOf({ disruption, affects }: Action): number {
  if (affects.length > 0 || ['recreate', 'rebuild', 'reboot'].includes(disruption)) return tolerances.indexOf('stop');
  if (disruption === 'daemon-restart') return tolerances.indexOf('restart');
  return disruption === 'reload' ? tolerances.indexOf('reload') : 0;
}

function tooDisruptive(action: Action): Refusal[] {
  const needed = tolerances[demandOf(action)] ?? 'stop';
  return action.answers.map((answer) => excluded(answer, needed));
}

function excludedAll(failures: readonly Failure[], needed: Tolerance): Refusal[] {
  return failures.map(({ control, subject }) => excluded({ control: control.id, subject: subject.id }, needed));
}

function excluded({ control, subject }: Answered, needed: Tolerance): Refusal {
  return {
    control,
    subject,
    why: 'excluded',
    reason: disruptive[needed],
    advice: {
      en: `Allow it with --disruption ${needed}.`,
      zh: `如可接受，请使用 --disruption ${needed}。`,
    },
    commands: [],
  };
}

const disruptive: Readonly<Record<Tolerance, Text>> = {
  none: { en: 'it disrupts nothing', zh: '不造成中断' },
  reload: { en: 'the daemon would reload its configuration', zh: '守护进程需要重新加载配置' },
  restart: { en: 'the daemon would restart', zh: '守护进程需要重启' },
  stop: { en: 'containers would stop, lose connections or be made anew', zh: '容器会停止、断开连接或被重建' },
};

/** What no planner answers is for a person, who is told what the control advises. */
function byPerson({ control, subject, remedy }: Failure): Refusal {
  const isOfFile = levelOf(control) === 'dockerfile' || remedy?.kind === 'text' || remedy?.kind === 'object';
  return {
    control: control.id,
    subject: subject.id,
    why: 'manual',
    reason: isOfFile ? inFile : (remedy?.summary ?? nobodyKnows),
    commands: remedy?.kind === 'manual' ? remedy.commands : [],
  };
}

const inFile: Text = { en: 'mend the file with plimsoll check --fix', zh: '请用 plimsoll check --fix 修复文件' };
const nobodyKnows: Text = { en: 'there is no remedy for it', zh: '没有可用的修复' };
