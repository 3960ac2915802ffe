import { readFileSync } from 'node:fs';
import { PlimsollError } from '../model/error.ts';
import { isObject, type JsonObject, type JsonValue } from '../model/json.ts';
import { reportSchema } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import type { Text } from '../model/text.ts';
import { findingStatuses } from '../model/verdict.ts';
import type { SavedReport } from '../report/comparison.ts';

/** Reads a report that `--format json` wrote. Throws a PlimsollError that names the file and the field. */
export function readSavedReport(file: string): SavedReport {
  const report = parse(file, textOf(file));
  if (!isObject(report) || report.schema !== reportSchema) {
    throw unfit(file, {
      en: `it is no report: "schema" is not "${reportSchema}"`,
      zh: `不是报告：“schema”不是“${reportSchema}”`,
    });
  }
  const { started, findings } = report;
  if (typeof started !== 'string') throw unfit(file, missing('started'));
  if (!Array.isArray(findings)) throw unfit(file, missing('findings'));
  for (const [index, finding] of (findings as readonly JsonValue[]).entries()) {
    if (!isObject(finding)) throw unfit(file, missing(`findings[${index}]`));
    const fault = faultOf(finding);
    if (fault !== undefined) throw unfit(file, missing(`findings[${index}].${fault}`));
  }
  return report as unknown as SavedReport;
}

/** The field that is not as it must be. */
function faultOf(finding: JsonObject): string | undefined {
  const { status, severity, location = null } = finding;
  const noText = ['control', 'title', 'subject'].find((field) => typeof finding[field] !== 'string');
  if (noText !== undefined) return noText;
  if (!findingStatuses.some((each) => each === status)) return 'status';
  if (!severities.some((each) => each === severity)) return 'severity';
  return location === null || isObject(location) ? undefined : 'location';
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw unfit(file, { en: `it cannot be read: ${code}`, zh: `无法读取：${code}` });
  }
}

function parse(file: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw unfit(file, {
      en: `it is not JSON: ${(error as SyntaxError).message}`,
      zh: `不是 JSON：${(error as SyntaxError).message}`,
    });
  }
}

function missing(field: string): Text {
  return { en: `its field ${field} is missing or of another type`, zh: `字段 ${field} 缺失或类型不符` };
}

function unfit(file: string, reason: Text): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `--diff ${file}: ${reason.en}`, zh: `--diff ${file}：${reason.zh}` },
    {
      en: 'Name a report that was saved with: plimsoll audit --format json --output FILE',
      zh: '请指定由 plimsoll audit --format json --output FILE 保存的报告。',
    },
  );
}
