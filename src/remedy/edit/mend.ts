import type { Subject } from '../../model/control.ts';
import { applyEdits, type TextEdit } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { apart, changedSpan } from './changed-span.ts';
import { editText } from './edit.ts';
import { Failures, type JudgedText, type MendableFinding } from './mendable.ts';
import { comparison, type Mended } from './mended.ts';
import { acceptedThere, byPerson, notProven, reasonFor } from './refusal-reasons.ts';

/** Judges a text; undefined where it cannot be read any more. */
export type Judge<F extends MendableFinding> = (text: string) => JudgedText<F> | undefined;

/**
 * Carries out every remedy of one file that a program can. Each is proven: the text is judged again, and unless there are
 * fewer such failures and nowhere more, it stays as it was. A failure that a fix brings up may be mended along with it. What
 * somebody has accepted is left as it is, though another control would have it changed.
 */
export function mend<F extends MendableFinding>(file: string, original: string, judge: Judge<F>): Mended<F> {
  const judged = judge(original);
  if (!judged) return { text: original, fixed: [], refused: [] };
  const first = { text: original, judged, failures: new Failures(judged) };
  const mender = new Mender(file, judge);
  const last = mender.mendAll(first);
  return { text: last.text, ...comparison(first.failures, last.failures, (finding) => mender.reasonOf(last, finding)) };
}

/** A text, and what is wrong with it. */
interface State<F extends MendableFinding> {
  readonly text: string;
  readonly judged: JudgedText<F>;
  readonly failures: Failures<F>;
}

interface Change<F extends MendableFinding> {
  readonly finding: F;
  readonly edit: TextEdit;
}

/** How many failures in a row a fix may bring up, each mended by its own remedy. */
const longestChain = 3;

/** Tries remedies, and remembers why others were refused. */
class Mender<F extends MendableFinding> {
  readonly #file: string;
  readonly #judge: Judge<F>;
  readonly #refused = new Map<string, Text>();

  constructor(file: string, judge: Judge<F>) {
    this.#file = file;
    this.#judge = judge;
  }

  /** Every step leaves fewer troubles than there were, so that there is an end. */
  mendAll(start: State<F>): State<F> {
    let state = start;
    let progress = false;
    for (;;) {
      const candidates = this.#candidates(state);
      if (candidates.length > 0) {
        const next = this.#step(state, candidates);
        if (next) [state, progress] = [next, true];
      } else if (progress) {
        // What stood in the way of a fix may be gone by now.
        this.#refused.clear();
        progress = false;
      } else return state;
    }
  }

  reasonOf({ failures }: State<F>, finding: F): Text {
    return this.#refused.get(failures.keyOf(finding)) ?? notProven;
  }

  /** The first failure of each place in the text that has not been tried in vain. */
  #candidates({ failures }: State<F>): F[] {
    const places = new Set<string>();
    return failures.own().filter((finding) => {
      const place = placeOfChange(finding);
      if (this.#refused.has(failures.keyOf(finding)) || places.has(place)) return false;
      places.add(place);
      return true;
    });
  }

  /** Mends as many of them at once as can be; undefined where none can. */
  #step(state: State<F>, candidates: readonly F[]): State<F> | undefined {
    const changes = candidates.flatMap((finding) => this.#changeOf(state, finding) ?? []);
    const chosen = apart(changes);
    const together = chosen.length > 1 ? this.#together(state, chosen) : undefined;
    if (together) return together;
    for (const change of chosen) {
      const next = this.#alone(state, change);
      if (next) return next;
    }
    return undefined;
  }

  #together(state: State<F>, chosen: readonly Change<F>[]): State<F> | undefined {
    const next = this.#stateOf(edited(state, chosen));
    if (!next) return undefined;
    if (isBetter(state, next, chosen)) return next;
    const good = chosen.filter((change) =>
      isBetter(state, next, [change], state.failures.numberOf(change.finding.subject)),
    );
    if (good.length < 2 || good.length === chosen.length) return undefined;
    const smaller = this.#stateOf(edited(state, good));
    return smaller && isBetter(state, smaller, good) ? smaller : undefined;
  }

  #alone(state: State<F>, change: Change<F>): State<F> | undefined {
    let next = this.#stateOf(edited(state, [change]));
    this.#refused.set(
      state.failures.keyOf(change.finding),
      next && !keepsAccepted(state, next) ? acceptedThere : notProven,
    );
    for (let length = 0; next && length <= longestChain; length += 1) {
      if (isBetter(state, next, [change])) return next;
      next = isFewer(state, next, change.finding) ? this.#follow(state, next) : undefined;
    }
    return undefined;
  }

  /** Mends one of the failures that have come up between two states. */
  #follow(before: State<F>, state: State<F>): State<F> | undefined {
    const grown = new Set(grownGroups(before, state));
    for (const finding of state.failures.all()) {
      if (!grown.has(state.failures.groupOf(finding))) continue;
      const change = this.#changeOf(state, finding);
      const next = change && this.#stateOf(edited(state, [change]));
      if (next && isFewer(state, next, finding)) return next;
    }
    return undefined;
  }

  /** The edit that a remedy is; where it is none, the reason is remembered. */
  #changeOf({ text, judged, failures }: State<F>, finding: F): Change<F> | undefined {
    const { remedy, subject } = finding;
    const refuse = (reason: Text) => {
      this.#refused.set(failures.keyOf(finding), reason);
      return undefined;
    };
    if (!remedy || remedy.kind === 'manual' || remedy.kind === 'daemon') return refuse(byPerson);
    const next = editedText({ file: this.#file, text, dockerfile: judged.dockerfile }, finding, subject);
    return next === undefined || next === text
      ? refuse(reasonFor(finding, this.#file))
      : { finding, edit: changedSpan(text, next) };
  }

  #stateOf(text: string): State<F> | undefined {
    const judged = this.#judge(text);
    return judged && { text, judged, failures: new Failures(judged) };
  }
}

function editedText(written: Parameters<typeof editText>[2], { remedy }: MendableFinding, subject: Subject) {
  try {
    return remedy && editText(remedy, subject, written);
  } catch (error) {
    // Its place is not there, or two of its edits overlap.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function edited<F extends MendableFinding>({ text }: State<F>, changes: readonly Change<F>[]): string {
  return applyEdits(
    text,
    changes.map(({ edit }) => edit),
  );
}

/** Fewer failures of each kind that was to be mended, and nowhere more of any: in one subject, or at all. */
function isBetter<F extends MendableFinding>(
  before: State<F>,
  after: State<F>,
  changes: readonly Change<F>[],
  within?: string,
): boolean {
  return (
    before.failures.shape === after.failures.shape &&
    keepsAccepted(before, after) &&
    [...Map.groupBy(changes, ({ finding }) => before.failures.groupOf(finding))].every(
      ([group, { length }]) => fewer(before, after, group) >= length,
    ) &&
    grownGroups(before, after).every((group) => within !== undefined && !group.endsWith(` ${within}`))
  );
}

function keepsAccepted<F extends MendableFinding>(before: State<F>, after: State<F>): boolean {
  return before.failures.accepted.isSubsetOf(after.failures.accepted);
}

function isFewer<F extends MendableFinding>(before: State<F>, after: State<F>, finding: F): boolean {
  return fewer(before, after, before.failures.groupOf(finding)) > 0;
}

/** How many troubles of a control and a subject are gone. */
function fewer<F extends MendableFinding>(before: State<F>, after: State<F>, group: string): number {
  return (before.failures.troubles.get(group) ?? 0) - (after.failures.troubles.get(group) ?? 0);
}

/** Controls and subjects that have more troubles than before. */
function grownGroups<F extends MendableFinding>(before: State<F>, after: State<F>): string[] {
  const old = before.failures.troubles;
  return [...after.failures.troubles].filter(([group, count]) => count > (old.get(group) ?? 0)).map(([group]) => group);
}

/** Where in the text a remedy will change something: those of different places seldom meet. */
function placeOfChange({ subject, remedy }: MendableFinding): string {
  if (remedy?.kind === 'text') return JSON.stringify(remedy.edits);
  if (subject.kind === 'container') {
    const { dialect, origin } = subject.value;
    return JSON.stringify([dialect === 'dockerfile' ? dialect : origin?.document, origin?.path, origin?.span?.start]);
  }
  if (subject.kind === 'kubernetes-object') {
    const { origin } = subject.value;
    return JSON.stringify([origin?.document, origin?.path]);
  }
  return JSON.stringify([subject.kind]);
}
