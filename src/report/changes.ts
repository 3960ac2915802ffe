import {
  type ChangedImage,
  type ChangeMessage,
  type ChangeSet,
  compareBadness,
  type FindingChange,
} from '../model/image-change.ts';
import type { Language, Text } from '../model/text.ts';
import { visibleDeep } from './visible.ts';

/** What `plimsoll feeds changes` has to tell. */
export interface ChangesReport {
  /** SHA-256 of the advisories, hexadecimal; `null`: none. */
  readonly data: string | null;
  /** Images that are remembered, and those of them that had not been held against these advisories. */
  readonly remembered: number;
  readonly compared: number;
  /** Why it is not known which containers run the images, where that was asked. */
  readonly containers?: Text;
  /** The newest first. */
  readonly sets: readonly ChangeSet[];
  /** Absent where nobody is to be told. */
  readonly notified?: {
    readonly to: string;
    readonly delivered: number;
    readonly waiting: number;
    /** Why some wait: `HTTP 503`. */
    readonly trouble?: string;
  };
}

/** Change sets as they were before they were parted, the newest first, the worst image of each first. */
export function changeSetsOf(messages: Iterable<ChangeMessage>): ChangeSet[] {
  const sets = new Map<string, { readonly found: string; readonly images: Map<string, ChangedImage> }>();
  for (const { set, found, images } of messages) {
    const known = sets.get(set) ?? { found, images: new Map<string, ChangedImage>() };
    sets.set(set, known);
    for (const image of images) {
      const before = known.images.get(image.id)?.changes ?? [];
      known.images.set(image.id, { ...image, changes: [...before, ...image.changes] });
    }
  }
  return Array.from(sets, ([id, { found, images }]) => ({
    id,
    found,
    images: [...images.values()].toSorted(compareImages),
  })).toReversed();
}

/** The worst first; of two alike the one that runs. */
function compareImages(left: ChangedImage, right: ChangedImage): number {
  return (
    compareBadness(left.changes[0] as FindingChange, right.changes[0] as FindingChange) ||
    Number((right.containers?.length ?? 0) > 0) - Number((left.containers?.length ?? 0) > 0) ||
    right.changes.length - left.changes.length
  );
}

/** For programs: `plimsoll.changes/1`. */
export function renderChangesJson(
  { sets, containers, notified, ...report }: ChangesReport,
  language: Language,
): string {
  const document = {
    schema: 'plimsoll.changes/1',
    ...report,
    ...(containers ? { containersUnknown: containers[language] } : {}),
    sets,
    ...(notified ? { notified } : {}),
  };
  return `${JSON.stringify(visibleDeep(document), null, 2)}\n`;
}

/** What a webhook's receiver gets of a message: the same shape, in parts. */
export function webhookBody(message: ChangeMessage): string {
  const { set, part, found, images } = message;
  const data = { schema: 'plimsoll.changes/1', set, part, images };
  return JSON.stringify(visibleDeep({ type: 'image.findings.changed', timestamp: found, data }));
}
