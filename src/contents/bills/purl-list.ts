import { billBuilder } from './bill-builder.ts';
import type { BillReading } from './bill-reading.ts';

/** Reads a list of purls, one a line; empty lines and what follows a `#` at the beginning of a line are passed over. */
export function readPurlList(text: string, bill: string): BillReading {
  const builder = billBuilder(bill, 'purls', '');
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, end).trim();
    start = end + 1;
    if (line !== '' && !line.startsWith('#')) builder.addPurl(line, { path: bill, layer: 0 });
  }
  return builder.finish({});
}
