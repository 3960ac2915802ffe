import type { Mount } from '../../model/container-spec.ts';

/** What becomes of each mount, by its place in the old list. */
export interface MountChange {
  readonly removed: readonly number[];
  readonly replaced: readonly { readonly index: number; readonly mount: Mount }[];
  readonly added: readonly Mount[];
}

/** Remedies leave mounts as they are, change them in place, drop them, or append others. */
export function mountChange(before: readonly Mount[], after: readonly Mount[]): MountChange {
  const untouched = new Set(after.filter((mount) => before.includes(mount)));
  const changed = after.filter((mount) => !untouched.has(mount));
  const replaced = before.flatMap((old, index) => {
    const mount = untouched.has(old) ? undefined : changed.find(({ target }) => target === old.target);
    return mount ? [{ index, mount }] : [];
  });
  const successors = new Set(replaced.map(({ mount }) => mount));
  const kept = new Set(replaced.map(({ index }) => index));
  return {
    removed: before.flatMap((old, index) => (untouched.has(old) || kept.has(index) ? [] : [index])),
    replaced,
    added: changed.filter((mount) => !successors.has(mount)),
  };
}
