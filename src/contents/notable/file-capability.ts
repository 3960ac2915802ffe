import { capabilitiesOf } from '../../model/capability.ts';
import { defineNotable } from '../notable-reader.ts';
import { isFile } from './mode.ts';

/** Programs that have capabilities of their own, whoever starts them. */
export const fileCapability = defineNotable({
  id: 'file-capability',
  entry(entry) {
    if (entry.capability === undefined || !isFile(entry)) return undefined;
    const capabilities = readFileCapabilities(entry.capability);
    if (capabilities === undefined) return { kind: 'file-capability', detail: '?' };
    return capabilities !== '' ? { kind: 'file-capability', detail: capabilities } : undefined;
  },
});

/** Whole words of the attribute, by its version: two, four, and four with the root user of a namespace behind them. */
const lengths: ReadonlyMap<number, number> = new Map([
  [1, 12],
  [2, 20],
  [3, 24],
]);
const effectiveBit = 1;

/**
 * The attribute `security.capability`, as `getcap` writes it: `cap_net_raw=ep`, and with the root user of the namespace in which it
 * counts `cap_net_raw=ep [rootid=1000]`. '' where it grants nothing, `undefined` where it is not in a known form.
 *
 * @param hexadecimal - a header with version and flag, then permitted and inheritable masks by turns, all of them little-endian
 */
export function readFileCapabilities(hexadecimal: string): string | undefined {
  const bytes = Buffer.from(hexadecimal.slice(0, 64), 'hex');
  if (bytes.length < 12) return undefined;
  const header = bytes.readUInt32LE(0);
  const version = header >>> 24;
  const length = lengths.get(version);
  if (length === undefined || bytes.length < length) return undefined;
  const isWide = version > 1;
  const mask = (at: number) =>
    BigInt(bytes.readUInt32LE(at)) | (isWide ? BigInt(bytes.readUInt32LE(at + 8)) << 32n : 0n);
  const [permitted, inheritable] = [mask(4), mask(8)];
  const effective = (header & effectiveBit) === 0 ? '' : 'e';
  const groups = [
    [permitted & inheritable, `${effective}ip`],
    [permitted & ~inheritable, `${effective}p`],
    [inheritable & ~permitted, `${effective}i`],
  ] as const;
  const words = groups.flatMap(([of, flags]) => (of === 0n ? [] : [`${namesOf(of)}=${flags}`])).join(' ');
  const root = version === 3 ? bytes.readUInt32LE(20) : 0;
  return words !== '' && root !== 0 ? `${words} [rootid=${root}]` : words;
}

function namesOf(mask: bigint): string {
  return capabilitiesOf(mask)
    .map((name) => (name.startsWith('CAP_') ? name : `CAP_${name}`).toLowerCase())
    .join(',');
}
