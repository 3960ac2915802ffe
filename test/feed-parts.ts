import type { AdvisoryPart, LinesPart } from '../src/feeds/feed-part.ts';
import type { JsonObject, JsonValue } from '../src/model/json.ts';

/** An ecosystem's export as a test writes it. */
export function advisoryPart(name: string, records: readonly JsonValue[]): AdvisoryPart {
  return {
    kind: 'advisories',
    name,
    origin: `${name}.zip`,
    digest: '0'.repeat(64),
    bytes: 0,
    records: () => records.map((value, index) => ({ name: `${index}.json`, value })),
  };
}

/** Lines of facts, or of a vendor's statuses. */
export function linesPart(kind: LinesPart['kind'], lines: readonly JsonValue[]): LinesPart {
  return {
    kind,
    origin: `${kind}.jsonl`,
    digest: '0'.repeat(64),
    async *lines() {
      yield* lines;
    },
    skipped: () => 0,
  };
}

/** A record in OSV's form about one package. */
export function osvRecord(
  id: string,
  ecosystem: string,
  name: string,
  events: readonly JsonObject[],
  more: JsonObject = {},
): JsonObject {
  return {
    id,
    modified: '2024-05-01T00:00:00Z',
    affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events }] }],
    ...more,
  };
}
