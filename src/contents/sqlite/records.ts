/** A value of a record: a number, or the place of bytes in the record. */
export type RecordValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text' | 'blob'; readonly start: number; readonly end: number };

/** More columns than any table that is read here has. */
const mostColumns = 64;

/**
 * A number of one to nine bytes, seven bits each, the ninth with all eight. What is too large to be exact is still large.
 *
 * @returns undefined where the bytes end
 */
export function readVarint(
  bytes: Buffer,
  offset: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[offset + index];
    if (byte === undefined) return undefined;
    if (index === 8) return { value: value * 256 + byte, next: offset + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: offset + index + 1 };
  }
  return undefined;
}

/** The columns of a record; those that lie beyond its end are left out. */
export function readRecord(record: Buffer): RecordValue[] {
  const header = readVarint(record, 0);
  if (!header || header.value > record.length) return [];
  const values: RecordValue[] = [];
  let place = header.next;
  let start = header.value;
  while (place < header.value && values.length < mostColumns) {
    const type = readVarint(record, place);
    if (!type) break;
    place = type.next;
    const end = start + lengthOf(type.value);
    if (end > record.length) break;
    values.push(valueOf(record, type.value, start, end));
    start = end;
  }
  return values;
}

/** Bytes of a value by its serial type. */
function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
}

function valueOf(record: Buffer, type: number, start: number, end: number): RecordValue {
  if (type >= 12) return { kind: type % 2 === 0 ? 'blob' : 'text', start, end };
  if (type === 8 || type === 9) return { kind: 'number', value: type - 8 };
  if (type === 6) return { kind: 'number', value: Number(record.readBigInt64BE(start)) };
  if (type >= 1 && type <= 5) return { kind: 'number', value: record.readIntBE(start, end - start) };
  // 7 is a floating-point number, which nothing here needs.
  return { kind: 'null' };
}
