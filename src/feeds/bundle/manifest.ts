import type { FeedStatus } from '../../model/feed-status.ts';
import { type JsonValue, type KeyPath, listIn, pathText, textIn, valueAt } from '../../model/json.ts';
import { readJson } from '../read-json.ts';

/** What a bundle says of itself, in `manifest.json`. It fixes everything else that is in the bundle, so that only it need be signed. */
export interface BundleManifest {
  /** Who made it. */
  readonly tool: { readonly name: string; readonly version: string };
  /** When, seconds since 1970. */
  readonly made: number;
  /** The digest of the data, as reports name it. */
  readonly data: string;
  /** Of the store's tables. */
  readonly layout: number;
  readonly store: {
    /** Bytes, unpacked. */
    readonly size: number;
    /** Hexadecimal. */
    readonly sha256: string;
  };
  /** In the order of the store. */
  readonly feeds: readonly BundledFeed[];
}

export type BundledFeed = Pick<FeedStatus, 'name' | 'kind' | 'digest' | 'newest' | 'read' | 'records'>;

export type ManifestReading = { readonly manifest: BundleManifest } | { readonly fault: ManifestFault };

/**
 * What is wrong with a manifest: it is no JSON, or of something else; a newer Plimsoll wrote it; a field is missing or not as it must be.
 */
export type ManifestFault =
  | { readonly kind: 'no-json' | 'other-schema' | 'newer' }
  | { readonly kind: 'field'; readonly field: string };

/** The names of what is in a bundle; nothing else in it is looked at. */
export const bundleNames = {
  manifest: 'manifest.json',
  signature: 'manifest.sig',
  store: 'advisories.sqlite',
} as const;

/** Raised when an older Plimsoll could no longer make sense of a manifest. */
const schemaVersion = 1;

/** Bytes that a store may have: that of everything that osv.dev has would have half a gigabyte. */
export const largestStore = 2 * 1024 ** 3;
/** Bytes. */
export const largestManifest = 1024 ** 2;
const mostFeeds = 1000;

/** The bytes of `manifest.json`: these are what is signed. */
export function manifestBytes({ tool, made, data, layout, store, feeds }: BundleManifest): Buffer {
  const document = {
    schema: `plimsoll.bundle/${schemaVersion}`,
    tool,
    made: timeText(made),
    data,
    layout,
    store: { file: bundleNames.store, ...store },
    feeds: feeds.map(({ newest, read, ...feed }) => ({
      ...feed,
      newest: newest === null ? null : timeText(newest),
      read: timeText(read),
    })),
  };
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
}

/** Whether a text claims to be a manifest, of whatever version. */
export function isManifest(bytes: Buffer): boolean {
  const reading = readJson(bytes);
  return 'value' in reading && versionOf(reading.value) !== undefined;
}

/** Fields that are not known are passed over: they may be added without a new version. */
export function readManifest(bytes: Buffer): ManifestReading {
  const reading = readJson(bytes);
  if (!('value' in reading)) return { fault: { kind: 'no-json' } };
  const { value } = reading;
  const version = versionOf(value);
  if (version === undefined) return { fault: { kind: 'other-schema' } };
  if (version > schemaVersion) return { fault: { kind: 'newer' } };
  try {
    return { manifest: manifestOf(value) };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return { fault: { kind: 'field', field: error.message } };
  }
}

function versionOf(value: JsonValue): number | undefined {
  const [, version] = /^plimsoll\.bundle\/([1-9]\d{0,5})$/.exec(textIn(value, 'schema') ?? '') ?? [];
  return version === undefined ? undefined : Number(version);
}

/** Its message is the path of the field. */
class FieldError extends Error {}

const digest = /^[\da-f]{64}$/;
const name = /^[^\p{Cc}]{1,200}$/u;
const kinds: readonly string[] = ['advisories', 'cve', 'status', 'epss', 'exploited'] satisfies FeedStatus['kind'][];

function manifestOf(value: JsonValue): BundleManifest {
  const feeds = listIn(value, 'feeds');
  if (feeds.length === 0 || feeds.length > mostFeeds) throw new FieldError('feeds');
  return {
    tool: { name: text(value, ['tool', 'name'], name), version: text(value, ['tool', 'version'], name) },
    made: time(value, ['made']),
    data: text(value, ['data'], digest),
    layout: whole(value, ['layout'], 1_000_000),
    store: {
      size: whole(value, ['store', 'size'], largestStore),
      sha256: text(value, ['store', 'sha256'], digest),
    },
    feeds: feeds.map((_, index) => feedOf(value, ['feeds', index])),
  };
}

function feedOf(value: JsonValue, path: KeyPath): BundledFeed {
  const kind = text(value, [...path, 'kind'], name);
  if (!kinds.includes(kind)) throw new FieldError(pathText([...path, 'kind']));
  return {
    name: text(value, [...path, 'name'], name),
    kind: kind as FeedStatus['kind'],
    // As whoever imported the feed found it: what it is made of is not for a bundle to say.
    digest: text(value, [...path, 'digest'], name),
    newest: valueAt(value, [...path, 'newest']) === null ? null : time(value, [...path, 'newest']),
    read: time(value, [...path, 'read']),
    records: whole(value, [...path, 'records'], Number.MAX_SAFE_INTEGER),
  };
}

function text(value: JsonValue, path: KeyPath, pattern: RegExp): string {
  const found = valueAt(value, path);
  if (typeof found !== 'string' || !pattern.test(found)) throw new FieldError(pathText(path));
  return found;
}

function whole(value: JsonValue, path: KeyPath, most: number): number {
  const found = valueAt(value, path);
  if (typeof found !== 'number' || !Number.isSafeInteger(found) || found < 0 || found > most) {
    throw new FieldError(pathText(path));
  }
  return found;
}

function time(value: JsonValue, path: KeyPath): number {
  const milliseconds = Date.parse(text(value, path, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/));
  if (Number.isNaN(milliseconds)) throw new FieldError(pathText(path));
  return milliseconds / 1000;
}

/** `2026-11-22T17:30:00Z`. */
function timeText(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length)}Z`;
}
