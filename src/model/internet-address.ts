/** An IP address as a number of 32 or 128 bits. */
interface NumericAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Loopback, the private ranges, link-local addresses, and their IPv6 counterparts. */
const internalRanges = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/** Every address of the machine: `0.0.0.0`, `::`, also as `::ffff:0.0.0.0`, in brackets or not. Not the empty text. */
export function isEveryAddress(address: string): boolean {
  return parseAddress(address)?.value === 0n;
}

/**
 * Whether an address, or a whole range, only leads to whoever stands in the same network namespace. IPv6 addresses may
 * stand in brackets and may hold an IPv4 one (`::ffff:127.0.0.1`). Of names only `localhost` is looked at.
 */
export function isLoopback(address: string): boolean {
  return /^localhost\.?$/i.test(address.trim()) || isInRange(address, '127.0.0.0/8') || isInRange(address, '::1/128');
}

/** Not reachable from the internet by its nature, or in one of the ranges that the site names (CIDR). */
export function isInternal(address: string, ownRanges: readonly string[] = []): boolean {
  return isLoopback(address) || [...internalRanges, ...ownRanges].some((range) => isInRange(address, range));
}

/** Whether an address, or a whole range, lies in `range` (CIDR, or one address). What is no address lies nowhere. */
export function isInRange(addressOrRange: string, range: string): boolean {
  const inner = parseRange(addressOrRange);
  const outer = parseRange(range);
  if (!inner || !outer || inner.bits !== outer.bits || inner.prefix < outer.prefix) return false;
  const shift = BigInt(outer.bits - outer.prefix);
  return inner.value >> shift === outer.value >> shift;
}

/** The first 96 bits of an IPv6 address that stands for one of IPv4. */
const mappedBits = 96;
const mappedStart = 0xffffn;

function parseRange(text: string): (NumericAddress & { prefix: number }) | undefined {
  const [address = '', length, ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (!parsed || more.length > 0) return undefined;
  if (length === undefined) return { ...parsed, prefix: parsed.bits };
  if (!/^\d{1,3}$/.test(length)) return undefined;
  // The length of a mapped address counts the bits before it too.
  const prefix = Number(length) - (parsed.bits === 32 && address.includes(':') ? mappedBits : 0);
  return prefix >= 0 && prefix <= parsed.bits ? { ...parsed, prefix } : undefined;
}

function parseAddress(text: string): NumericAddress | undefined {
  const address = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '');
  if (!address.includes(':')) return parseIpv4(address);
  const parsed = parseIpv6(address);
  if (!parsed || parsed.value >> 32n !== mappedStart) return parsed;
  return { bits: 32, value: parsed.value & 0xffff_ffffn };
}

function parseIpv4(text: string): NumericAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return { bits: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function parseIpv6(text: string): NumericAddress | undefined {
  const halves = withoutDots(text).split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) };
}

/** The last 32 bits may be written as an IPv4 address: as two groups then. */
function withoutDots(text: string): string {
  const last = text.slice(text.lastIndexOf(':') + 1);
  const { value } = parseIpv4(last) ?? {};
  if (value === undefined) return text;
  return `${text.slice(0, -last.length)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}
