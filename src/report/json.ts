import type { Report } from '../model/report.ts';

/** The document itself; see `docs/report.schema.json`. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
