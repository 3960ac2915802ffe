import {
  type FixRecord,
  type PlanDocument,
  type PlannedAction,
  planSchema,
  type RefusedFinding,
} from '../model/fix-report.ts';
import type { Action, Plan, Refusal } from '../model/plan.ts';
import type { Language } from '../model/text.ts';
import { visibleDeep, visibleLines } from './visible.ts';

export interface PlanInput {
  readonly version: string;
  readonly language: Language;
  readonly created: Date;
}

/** Puts a plan into words: the one document that every form of it is a view of. Contents of files are no part of it. */
export function assemblePlan(plan: Plan, { version, language, created }: PlanInput): PlanDocument {
  const document: PlanDocument = {
    schema: planSchema,
    tool: { name: 'plimsoll', version },
    language,
    created: created.toISOString(),
    actions: plan.actions.map((action, index) => plannedOf(action, index + 1, language)),
    refused: plan.refused.map((refusal) => refusedOf(refusal, language)),
  };
  return { ...visibleDeep(document), actions: document.actions.map(visibleAction) };
}

/** What a fix did, with every text made visible. What is visible already stays as it is. */
export function visibleRecord(record: FixRecord): FixRecord {
  return { ...visibleDeep(record), actions: record.actions.map(visibleAction) };
}

/** A diff is lines, which stay lines. */
function visibleAction<T extends { readonly diff: string }>(action: T): T {
  return { ...visibleDeep(action), diff: visibleLines(action.diff) };
}

function plannedOf(action: Action, order: number, language: Language): PlannedAction {
  const controls = [...new Set(action.answers.map(({ control }) => control))];
  const subjects = [...new Set(action.answers.map(({ subject }) => subject))];
  return {
    id: action.id,
    kind: action.kind,
    control: controls[0] ?? null,
    subject: subjects[0] ?? null,
    controls,
    subjects,
    summary: action.summary[language],
    diff: action.diff,
    disruption: action.disruption,
    affects: action.affects.map(({ container, effect, why }) => ({ container, effect, why: why[language] })),
    pending: action.pending?.[language] ?? null,
    final: action.final ?? false,
    order,
  };
}

function refusedOf({ control, subject, why, reason, advice, commands }: Refusal, language: Language): RefusedFinding {
  return { control, subject, why, reason: reason[language], advice: advice?.[language] ?? null, commands };
}
