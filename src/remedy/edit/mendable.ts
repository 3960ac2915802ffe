import type { Subject } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import type { Location } from '../../model/location.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { FindingStatus, Verdict } from '../../model/verdict.ts';

/** A finding as far as mending asks about it. */
export interface MendableFinding {
  readonly control: { readonly id: string };
  readonly subject: Subject;
  readonly status: FindingStatus;
  readonly verdict: Verdict;
  readonly remedy?: Remedy;
}

/** What a text is found to be. */
export interface JudgedText<F extends MendableFinding> {
  readonly findings: readonly F[];
  /** Everything that was judged, in the order in which it stands in the text. */
  readonly subjects: readonly Subject[];
  /** Whether a failure is for this text to mend, and not for another that was read with it; absent: all are. */
  readonly isHere?: (finding: F) => boolean;
  /** Of a Dockerfile. */
  readonly dockerfile?: Dockerfile | undefined;
}

/** Failures by a name that they keep when lines around them move and subjects get other ids. */
export class Failures<F extends MendableFinding> {
  readonly #numbers: ReadonlyMap<Subject, string>;
  readonly #keys = new Map<F, string>();
  /** How often each control fails, or cannot tell, in each subject. */
  readonly troubles = new Map<string, number>();
  /** Controls and subjects of which somebody accepts that they fail. */
  readonly accepted = new Set<string>();
  /** How many subjects there are of each kind. */
  readonly shape: string;

  readonly #isHere: (finding: F) => boolean;

  constructor({ findings, subjects, isHere = () => true }: JudgedText<F>) {
    this.#isHere = isHere;
    const counts = new Map<string, number>();
    const numbers = new Map<Subject, string>();
    for (const subject of subjects) {
      const count = (counts.get(subject.kind) ?? 0) + 1;
      counts.set(subject.kind, count);
      numbers.set(subject, `${subject.kind} ${count}`);
    }
    this.#numbers = numbers;
    this.shape = JSON.stringify([...counts]);
    const seen = new Map<string, number>();
    for (const finding of findings) {
      const group = this.groupOf(finding);
      if (finding.status === 'waived') this.accepted.add(group);
      if (finding.status !== 'fail' && finding.status !== 'unknown') continue;
      this.troubles.set(group, (this.troubles.get(group) ?? 0) + 1);
      if (finding.status !== 'fail') continue;
      const { evidence, message } = finding.verdict;
      const key = JSON.stringify([group, pathOf(finding), message.en, evidence.map(({ value }) => value)]);
      // The same thing may be wrong at several places.
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      this.#keys.set(finding, `${key} ${count}`);
    }
  }

  all(): readonly F[] {
    return [...this.#keys.keys()];
  }

  /** Those that are for this text to mend. */
  own(): readonly F[] {
    return this.all().filter(this.#isHere);
  }

  keyOf(finding: F): string {
    return this.#keys.get(finding) ?? '';
  }

  groupOf({ control, subject }: F): string {
    return `${control.id} ${this.numberOf(subject)}`;
  }

  /** The same subject after others have got longer: its kind, and which of them it is. */
  numberOf(subject: Subject): string {
    return this.#numbers.get(subject) ?? subject.id;
  }
}

/** The field at fault, in the model's or in the dialect's words. */
export function pathOf({ verdict }: MendableFinding): string {
  return verdict.location?.path ?? verdict.field ?? '';
}

/** Where the fault is written. */
export function placeOf({ verdict, subject }: MendableFinding): Location | undefined {
  if (verdict.location) return verdict.location;
  return subject.kind === 'container' ? subject.value.locate(verdict.field ?? '') : undefined;
}
