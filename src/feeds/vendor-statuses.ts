import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { packageName, splitEcosystem } from '../advisories/package-name.ts';
import { vendorStatus } from '../advisories/vendor-status.ts';
import { type JsonValue, textIn } from '../model/json.ts';
import type { VulnerabilityStatus } from '../model/vulnerability.ts';
import type { WrittenFacts } from './cve-facts.ts';
import { cveNumber } from './cve-number.ts';
import { packText, unpackText } from './packed-text.ts';

/** Of one package: numbers of CVEs by what its vendor says of them. */
type Packed = Partial<Record<VulnerabilityStatus, number[]>>;

const separator = '\0';

/**
 * Lines `{ ecosystem, cve, package, status }`: what a vendor says of its packages beside its advisories, above all which of them are not
 * affected. The lines of one import are all that the ecosystem's vendor says: what was known before makes room.
 *
 * @param emptied - ecosystems that have made room in this import already
 */
export async function writeStatuses(
  database: DatabaseSync,
  lines: AsyncIterable<JsonValue>,
  ecosystemOf: (name: string) => number,
  emptied: Set<number>,
): Promise<WrittenFacts> {
  const packages = new Map<string, Packed>();
  let records = 0;
  let odd = 0;
  for await (const line of lines) {
    const ecosystem = textIn(line, 'ecosystem') ?? '';
    const name = textIn(line, 'package') ?? '';
    const cve = cveNumber(textIn(line, 'cve') ?? '');
    const status = vendorStatus(textIn(line, 'status') ?? '');
    if (ecosystem === '' || name === '' || name.length > 300 || cve === undefined || status === undefined) {
      odd += 1;
      continue;
    }
    records += 1;
    const number = ecosystemOf(ecosystem);
    const key = `${number}${separator}${packageName(splitEcosystem(ecosystem)[0], name)}`;
    const packed = packages.get(key) ?? {};
    packages.set(key, packed);
    (packed[status] ??= []).push(cve);
  }
  const remove = database.prepare('DELETE FROM vendor_status WHERE ecosystem = ?');
  const insert = database.prepare('INSERT OR REPLACE INTO vendor_status (ecosystem, name, statuses) VALUES (?, ?, ?)');
  for (const [key, packed] of packages) {
    const at = key.indexOf(separator);
    const ecosystem = Number(key.slice(0, at));
    if (!emptied.has(ecosystem)) remove.run(ecosystem);
    emptied.add(ecosystem);
    insert.run(ecosystem, key.slice(at + 1), packText(JSON.stringify(packed)));
  }
  return { records, odd };
}

/** Of all that vendors say: the same, the same digest. */
export function digestOfStatuses(database: DatabaseSync): string {
  const hash = createHash('sha256');
  const rows = database
    .prepare('SELECT ecosystem, name, statuses FROM vendor_status ORDER BY ecosystem, name')
    .iterate();
  for (const row of rows) {
    const { ecosystem, name, statuses } = row as unknown as { ecosystem: number; name: string; statuses: Uint8Array };
    hash.update(`${ecosystem} ${name}\n${statuses.length}\n`).update(statuses);
  }
  return hash.digest('hex');
}

/** What the vendor says of a package and a CVE. */
export function statusReader(
  database: DatabaseSync,
): (ecosystem: number, name: string, cve: string) => VulnerabilityStatus | undefined {
  const select = database.prepare('SELECT statuses FROM vendor_status WHERE ecosystem = ? AND name = ?');
  const known = new Map<string, ReadonlyMap<number, VulnerabilityStatus>>();
  const statusesOf = (ecosystem: number, name: string) => {
    const key = `${ecosystem}${separator}${name}`;
    const before = known.get(key);
    if (before) return before;
    const row = select.get(ecosystem, name) as { statuses: Uint8Array } | undefined;
    const packed = row ? (JSON.parse(unpackText(row.statuses)) as Packed) : {};
    const statuses = new Map(
      Object.entries(packed).flatMap(([status, cves]) =>
        cves.map((cve) => [cve, status as VulnerabilityStatus] as const),
      ),
    );
    known.set(key, statuses);
    return statuses;
  };
  return (ecosystem, name, cve) => {
    const number = cveNumber(cve);
    return number === undefined ? undefined : statusesOf(ecosystem, name).get(number);
  };
}
