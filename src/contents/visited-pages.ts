/**
 * Remembers pages of a file in which every page belongs to one place. Whoever asks for a page that was there before follows a
 * circle, or two places that claim the same page: neither a loop nor a page that is read a million times gets past it.
 *
 * @returns whether the page is a new one of the `count`, numbered from 0
 */
export function visitedPages(count: number): (page: number) => boolean {
  const seen = new Uint8Array(Math.ceil(count / 8));
  return function isNew(page) {
    if (page < 0 || page >= count) return false;
    const place = page >>> 3;
    const bit = 1 << (page & 7);
    const before = seen[place] ?? 0;
    seen[place] = before | bit;
    return (before & bit) === 0;
  };
}
