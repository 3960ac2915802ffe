import { createHash } from 'node:crypto';
import type { Finding, Report } from '../model/report.ts';

/**
 * A name for every finding that stays the same from run to run, so that forges know a finding again: 64
 * hexadecimal digits, unique within the report. No words, severities or line numbers go into it. Of a text it is
 * the control, the subject, the field and what was seen there; equals are told apart by their order.
 */
export function fingerprintsOf({ findings, subjects }: Report): ReadonlyMap<Finding, string> {
  const written = new Set(subjects.filter(({ kind }) => isText(kind)).map(({ id }) => id));
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const key = written.has(finding.subject) ? placeOf(finding) : [finding.control, finding.subject];
      const text = key.join('\0');
      const before = seen.get(text) ?? 0;
      seen.set(text, before + 1);
      const parts = before === 0 ? text : `${text}\0${before}`;
      return [finding, createHash('sha256').update(parts).digest('hex')];
    }),
  );
}

function isText(kind: string): boolean {
  return kind === 'dockerfile' || kind === 'compose-project' || kind === 'kubernetes-object';
}

function placeOf({ control, subject, location, evidence }: Finding): readonly string[] {
  return [control, subject, location?.path ?? '', JSON.stringify(evidence.map(({ value }) => value))];
}
