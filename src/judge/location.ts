import type { Location } from '../model/location.ts';
import type { JudgedFinding } from './judge.ts';

/** Where the field at fault was written. */
export function locationOf({ subject, verdict }: Pick<JudgedFinding, 'subject' | 'verdict'>): Location | null {
  if (verdict.location) return verdict.location;
  if (verdict.field === undefined) return unknownPlace({ subject, verdict });
  if (subject.kind === 'container') return subject.value.locate(verdict.field);
  if (subject.kind !== 'engine') return null;
  const { configuration } = subject.value;
  const position = configuration.known ? configuration.value?.positions[verdict.field] : undefined;
  if (!configuration.known || !configuration.value || !position) return null;
  return { source: 'file', path: verdict.field, file: configuration.value.file, ...position };
}

/** What is unknown of something written is unknown of all of it. */
function unknownPlace({ subject, verdict }: Pick<JudgedFinding, 'subject' | 'verdict'>): Location | null {
  if (verdict.status !== 'unknown') return null;
  if (subject.kind === 'container') return subject.value.origin ? subject.value.locate('') : null;
  return subject.kind === 'kubernetes-object' ? subject.value.locate([]) : null;
}
