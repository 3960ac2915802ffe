import type { DatabaseSync } from 'node:sqlite';
import type { ChangedImage } from '../model/image-change.ts';
import { imageAt, noteStates, type RememberedImage } from '../store/compared-images.ts';
import { sharedTexts } from '../store/shared-texts.ts';
import { readStateMark, stateMark } from '../store/state-mark.ts';
import { digestOfState } from './data-age.ts';
import { changesOf, type PackageChange } from './image-changes.ts';
import type { RememberedAnswer, RememberedAnswers } from './match-remembered.ts';
import { unpackState } from './package-state.ts';
import { unpackPackage } from './package-text.ts';
import { type KnownState, renamed, type StateChange, stateChanges } from './state-changes.ts';

export interface CompareTo {
  /** What names the advisories, as `stateOfData` has it. */
  readonly data: string;
  /** Names of the containers that run an image; `null` where the engine could not be asked. */
  readonly containersOf: (image: Pick<RememberedImage, 'id' | 'digests'>) => readonly string[] | null;
}

interface NamesInUse {
  /** The name under which an advisory is told now. */
  readonly nameOf: (name: string) => string;
}

/** Pairs of states of which it is kept what lies between them. */
const mostPairs = 20_000;

/** Compares one image after the other, each within a transaction that may write; `undefined` where nothing is to be told. */
export function imageComparer(
  database: DatabaseSync,
  { states: texts, answersFor }: RememberedAnswers,
  { data, containersOf, nameOf }: CompareTo & NamesInUse,
): (number: number) => ChangedImage | undefined {
  const states = sharedTexts(database, 'state');
  const packages = sharedTexts(database, 'package');
  const numbers = new Map<number, number>();
  const between = new Map<string, readonly StateChange[]>();
  let version: number | undefined;

  /** What was kept by somebody else may have been forgotten since. */
  function forgetIfWritten(): void {
    const { data_version: current } = database.prepare('PRAGMA data_version').get() as { data_version: number };
    if (current !== version) {
      numbers.clear();
      // Numbers of what was forgotten are given to others.
      between.clear();
    }
    version = current;
  }

  function markOf({ state, covered }: RememberedAnswer): number {
    const known = numbers.get(state) ?? states.numberOf(texts[state] as string);
    numbers.set(state, known);
    return stateMark(known, covered);
  }

  function knownState(mark: number): KnownState {
    const { number, covered } = readStateMark(mark);
    const text = states.textOf(number);
    return { state: text === undefined ? { unknown: 'forgotten', findings: new Map() } : unpackState(text), covered };
  }

  function changesBetween(before: number, after: number): readonly StateChange[] {
    const key = `${before} ${after}`;
    const known = between.get(key);
    if (known) return known;
    if (between.size >= mostPairs) between.clear();
    const current = knownState(after);
    const changes = stateChanges(renamed(knownState(before), current, nameOf), current);
    between.set(key, changes);
    return changes;
  }

  return (number) => {
    forgetIfWritten();
    const image = imageAt(database, number);
    const answers = image && answersFor(image);
    // One that was scanned meanwhile has packages that were not asked about: the next time.
    if (!image || !answers) return undefined;
    const marks = answers.map(markOf);
    const changes = marks.flatMap((mark, index): PackageChange[] => {
      const before = image.states[index] as number;
      const told = mark === before ? [] : changesBetween(before, mark);
      if (told.length === 0) return [];
      const { purl, path } = unpackPackage(packages.textOf(image.packages[index] as number) as string);
      return told.map((change) => ({ purl, path, change }));
    });
    noteStates(database, number, marks, data);
    if (changes.length === 0) return undefined;
    const { id, names, digests, platform, complete } = image;
    return {
      id,
      names,
      digests,
      platform,
      complete,
      data: { before: digestOfState(image.data), after: digestOfState(data) },
      containers: containersOf(image),
      changes: changesOf(changes),
    };
  };
}
