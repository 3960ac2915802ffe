import {
  type Control,
  defineControl,
  type JudgeContext,
  type ParameterDefinitions,
  type References,
} from '../model/control.ts';
import type { Evidence } from '../model/fact.ts';
import type { HostFacts } from '../model/host.ts';
import { byHand } from '../model/remedy.ts';
import type { Severity } from '../model/severity.ts';
import type { Text } from '../model/text.ts';
import { pass } from '../model/verdict.ts';
import { answeredByPerson } from './answered.ts';

/** What shows by itself that a rule holds. */
export interface Proof {
  readonly message: Text;
  readonly evidence: Evidence;
}

/** A rule about a host of which a program sees little or nothing. */
export interface PersonsRule<P extends ParameterDefinitions> {
  readonly id: string;
  readonly severity: Severity;
  readonly title: Text;
  readonly why: Text;
  /** What is looked for before a person is asked; absent where nothing is. */
  readonly how?: Text;
  readonly question: Text;
  readonly references: References;
  readonly parameters?: P;
  proof?(host: HostFacts, context: JudgeContext<P>): Proof | undefined;
  /** What to do where it does not hold. */
  readonly summary: Text;
  readonly commands?: readonly string[];
}

const onlyAsked: Text = {
  en: 'No program can tell. A person answers once under answers in plimsoll.yaml, and the answer counts for a year or until the day that it names.',
  zh: '程序无法判断。由人在 plimsoll.yaml 的 answers 下回答一次，有效期为一年，或至回答中指定的日期。',
};

/** A control of the host that passes on a proof and otherwise asks a person. */
export function askedOfPerson<P extends ParameterDefinitions = ParameterDefinitions>(
  rule: PersonsRule<P>,
): Control<'host', P> {
  const { id, severity, title, why, how = onlyAsked, question, references, parameters, summary, commands } = rule;
  return defineControl<'host', P>({
    id,
    subject: 'host',
    severity,
    title,
    why,
    how,
    question,
    references,
    ...(parameters ? { parameters } : {}),

    judge(host, context) {
      // Who says that it does not hold knows more than the name of a program tells.
      const proof = context.answer?.holds === false ? undefined : rule.proof?.(host, context);
      return proof ? pass(proof.message, proof.evidence) : answeredByPerson(context, question);
    },

    remedy: () => byHand(summary, commands),
  });
}
