import {
  assert,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  oneof,
  property,
  record,
  string,
  array,
  option,
  uint8Array,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BundleManifest, isManifest, manifestBytes, readManifest } from './manifest.ts';

const manifest: BundleManifest = {
  tool: { name: 'plimsoll', version: '0.1.0' },
  made: Date.UTC(2026, 10, 22, 17, 30) / 1000,
  data: 'a'.repeat(64),
  layout: 2,
  store: { size: 4096, sha256: 'b'.repeat(64) },
  feeds: [{ name: 'npm', kind: 'advisories', digest: 'c'.repeat(64), newest: 86_400, read: 90_000, records: 7 }],
};

type Json = Record<string, unknown>;

/** The manifest as it is written, with a change. */
function changed(change: (document: Json) => void): Buffer {
  const document = JSON.parse(manifestBytes(manifest).toString()) as Json;
  change(document);
  return Buffer.from(JSON.stringify(document));
}

test('is written to be read by people too', () => {
  expect(manifestBytes(manifest).toString()).toBe(`{
  "schema": "plimsoll.bundle/1",
  "tool": {
    "name": "plimsoll",
    "version": "0.1.0"
  },
  "made": "2026-11-22T17:30:00Z",
  "data": "${'a'.repeat(64)}",
  "layout": 2,
  "store": {
    "file": "advisories.sqlite",
    "size": 4096,
    "sha256": "${'b'.repeat(64)}"
  },
  "feeds": [
    {
      "name": "npm",
      "kind": "advisories",
      "digest": "${'c'.repeat(64)}",
      "records": 7,
      "newest": "1970-01-02T00:00:00Z",
      "read": "1970-01-02T01:00:00Z"
    }
  ]
}
`);
});

test('says the same when it is read', () => {
  const time = integer({ min: 0, max: 4_000_000_000 });
  const name = string({ minLength: 1, maxLength: 50 }).filter((text) => !/\p{Cc}/u.test(text));
  const digest = array(constantFrom('0', '1', '9', 'a', 'f'), { minLength: 64, maxLength: 64 }).map((digits) =>
    digits.join(''),
  );
  const kind = constantFrom('advisories', 'cve', 'status', 'epss', 'exploited');
  const feed = record({ name, kind, digest, newest: option(time), read: time, records: integer({ min: 0 }) });
  const any = record({
    tool: record({ name, version: name }),
    made: time,
    data: digest,
    layout: integer({ min: 1, max: 1000 }),
    store: record({ size: integer({ min: 0 }), sha256: digest }),
    feeds: array(feed, { minLength: 1, maxLength: 5 }),
  });
  assert(
    property(any, (each) => {
      expect(readManifest(manifestBytes(each))).toEqual({ manifest: each });
    }),
  );
});

test('fields that are not known are passed over', () => {
  const bytes = changed((document) => Object.assign(document, { later: { added: true } }));
  expect(readManifest(bytes)).toEqual({ manifest });
});

/** The manifest with something else at a path, or nothing. */
function withValue(path: readonly (string | number)[], value: unknown): Buffer {
  return changed((document) => {
    const last = path.at(-1) ?? '';
    const parent = path.slice(0, -1).reduce<Json>((inner, key) => inner[key] as Json, document);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  });
}

describe('what is wrong is named', () => {
  test.each([
    [['tool', 'version'], 1, 'tool.version'],
    [['tool'], null, 'tool.name'],
    [['made'], '2026-11-22', 'made'],
    [['made'], '2026-99-22T17:30:00Z', 'made'],
    [['data'], 'A'.repeat(64), 'data'],
    [['data'], undefined, 'data'],
    [['layout'], 1.5, 'layout'],
    [['layout'], -1, 'layout'],
    [['store', 'size'], 2 * 1024 ** 3 + 1, 'store.size'],
    [['store', 'size'], '4096', 'store.size'],
    [['store', 'sha256'], 'b'.repeat(63), 'store.sha256'],
    [['feeds'], [], 'feeds'],
    [['feeds'], Array.from({ length: 1001 }, () => ({})), 'feeds'],
    [['feeds', 0, 'name'], 'a\u001b', 'feeds[0].name'],
    [['feeds', 0, 'name'], 'a'.repeat(201), 'feeds[0].name'],
    [['feeds', 0, 'kind'], 'other', 'feeds[0].kind'],
    [['feeds', 0, 'newest'], undefined, 'feeds[0].newest'],
    [['feeds', 0, 'newest'], 86_400, 'feeds[0].newest'],
    [['feeds', 0, 'read'], null, 'feeds[0].read'],
    [['feeds', 0, 'records'], -1, 'feeds[0].records'],
  ])('%j', (path, value, field) => {
    expect(readManifest(withValue(path, value))).toEqual({ fault: { kind: 'field', field } });
  });

  test.each([
    ['no JSON', Buffer.from('{'), 'no-json'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'no-json'],
    ['of something else', Buffer.from('{"schema":"plimsoll.report/1"}'), 'other-schema'],
    ['a list', Buffer.from('[]'), 'other-schema'],
    ['of a newer Plimsoll', Buffer.from('{"schema":"plimsoll.bundle/2"}'), 'newer'],
  ])('%s', (_, bytes, kind) => {
    expect(readManifest(bytes)).toEqual({ fault: { kind } });
    expect(isManifest(bytes)).toBe(kind === 'newer');
  });
});

test('reads whatever it is given', () => {
  const written = JSON.parse(manifestBytes(manifest).toString()) as Json;
  const keys = constantFrom(...Object.keys(written), 'size', 'kind', '__proto__');
  assert(
    property(oneof(uint8Array(), dictionary(keys, jsonValue())), (given) => {
      const bytes =
        given instanceof Uint8Array ? Buffer.from(given) : Buffer.from(JSON.stringify({ ...written, ...given }));
      const reading = readManifest(bytes);
      // What is taken can be written, and is the same then.
      expect('manifest' in reading ? readManifest(manifestBytes(reading.manifest)) : reading).toEqual(reading);
    }),
  );
});
