import { setTimeout as pause } from 'node:timers/promises';
import { knownControls } from '../controls/known.ts';
import type { Proof } from '../fix/apply.ts';
import type { JudgedFinding } from '../judge/judge.ts';
import type { Subject } from '../model/control.ts';
import type { Action } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import type { EngineOptions } from './engine-address.ts';
import { type AuditSetting, lookAt } from './machine-audit.ts';

interface Sight {
  readonly setting: AuditSetting;
  readonly options: EngineOptions;
}

/** How often the machine is looked at until a change that takes effect by itself shows, and how long between. */
const looks = 25;
const betweenLooks = 200;

/** Judges again, on fresh facts, what the action was to mend. */
export async function prove(action: Action, { setting, options }: Sight): Promise<Proof> {
  // What comes true only when somebody else acts cannot be seen yet.
  if (action.answers.length === 0 || action.pending)
    return { holds: true, ...(action.pending ? { reason: action.pending } : {}) };
  const ids = new Set(action.answers.map(({ control }) => control));
  const wanted = new Set(action.answers.map(({ control, subject }) => `${control} ${subject}`));
  const service = action.kind === 'service-update' ? action.id.slice(action.id.indexOf('/') + 1) : undefined;
  const controls = knownControls().filter(({ id }) => ids.has(id));
  const policy = { ...setting.policy, controls, severity: 'info' } as const;
  for (let count = 1; ; count += 1) {
    const { findings } = await lookAt({ ...setting, policy }, { ...options, quiet: true });
    const open = findings.filter(
      ({ control, subject, status }) =>
        (status === 'fail' || status === 'unknown') &&
        (wanted.has(`${control.id} ${subject.id}`) || (ids.has(control.id) && isTaskOf(subject, service))),
    );
    const unanswered = open.find((finding) => !isLeftToPerson(finding));
    if (!unanswered) return { holds: true, ...(open[0] ? { reason: leftToPerson(open[0]) } : {}) };
    if (action.effect === undefined || count === looks) return { holds: false, reason: notProven(unanswered) };
    await pause(betweenLooks);
  }
}

/** What an action can do is done where only a person can do the rest: containers keep what they were created with. */
function isLeftToPerson({ status, remedy }: JudgedFinding): boolean {
  return status === 'fail' && remedy?.kind === 'manual' && remedy.settings === undefined;
}

/** Tasks of a service are made anew, under other names. */
function isTaskOf(subject: Subject, service: string | undefined): boolean {
  return service !== undefined && subject.kind === 'container' && subject.value.owner.service === service;
}

function notProven({ control, verdict: { message } }: JudgedFinding): Text {
  return { en: `${control.id} still does not pass: ${message.en}`, zh: `${control.id} 仍未通过：${message.zh}` };
}

function leftToPerson({ control, verdict: { message }, remedy }: JudgedFinding): Text {
  return {
    en: `what is left of ${control.id} is for a person: ${message.en} ${remedy?.summary.en ?? ''}`,
    zh: `${control.id} 的其余部分需人工处理：${message.zh}${remedy?.summary.zh ?? ''}`,
  };
}
