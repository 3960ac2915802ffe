/** Whether a block of IPv4 addresses (`10.0.0.0/8`) holds an address. False where either is not one. */
export function blockHolds(block: string, address: string): boolean {
  const [network = '', length = ''] = block.split('/');
  const [from, wanted] = [numberOf(network), numberOf(address)];
  const bits = /^\d{1,2}$/.test(length) ? Number(length) : 33;
  if (from === undefined || wanted === undefined || bits > 32) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(from / size) === Math.floor(wanted / size);
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (parts.length !== 4 || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((whole, part) => whole * 256 + part, 0);
}
