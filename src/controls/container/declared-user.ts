import type { ContainerSpec } from '../../model/container-spec.ts';

/** Names that conventionally stand for uid 0. */
export const usualRootNames = ['root', 'toor'];

export interface DeclaredUser {
  /** Absent: nothing is said, and the image decides. */
  readonly root?: boolean;
  /** Absent where the user is a number: a name means what the image's `/etc/passwd` makes of it. */
  readonly name?: string;
}

/**
 * Who the first process would be, by the specification alone. The engine reads numbers as decimal, so that `00`
 * and `+0` are root, and takes an empty user before a group (`:1000`) for root as well.
 */
export function declaredUser(
  { user, state }: Pick<ContainerSpec, 'user' | 'state'>,
  rootNames: readonly string[] = usualRootNames,
): DeclaredUser {
  // The engine copies the image's user into a container when it creates it: from then on, none is root.
  if (!user) return state === 'declared' ? {} : { root: true };
  const name = (user.split(':')[0] ?? '').trim();
  if (name === '') return { root: true };
  if (/^[+-]?\d+$/.test(name)) return { root: Number(name) === 0 };
  return { root: rootNames.includes(name), name };
}
