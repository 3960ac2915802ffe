import type { PlanDocument } from '../../model/fix-report.ts';

/** The document itself; see `docs/plan.schema.json`. */
export function renderPlanJson(document: PlanDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
