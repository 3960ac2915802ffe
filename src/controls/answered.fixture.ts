import { contextOf, host } from '../../test/subjects.ts';
import type { Answer } from '../model/answer.ts';
import type { Control, Machine, ParameterDefinitions } from '../model/control.ts';
import type { HostFacts } from '../model/host.ts';
import type { Verdict } from '../model/verdict.ts';

export function answered(holds: boolean): Answer {
  return { control: 'any', holds, note: 'see wiki.example', owner: 'harbour', date: '2026-06-30' };
}

/** What a control says of a host on which nothing starts by itself, with what a person answered, if anybody did. */
export function judgeAnswered<P extends ParameterDefinitions>(
  control: Control<'host', P>,
  answer?: Answer,
  facts: Partial<HostFacts> = {},
  machine?: Machine,
): Verdict {
  const nothing = { enabledUnits: { ...host().enabledUnits, value: [] } } as Partial<HostFacts>;
  const context = { ...contextOf(control, machine ? { machine } : {}), ...(answer ? { answer } : {}) };
  return control.judge(host({ ...nothing, ...facts }), context);
}
