import { readWholeNumber } from './whole-number.ts';
import type { WholeNumber } from './whole-number.ts';
import { writtenVersion } from './written-version.ts';

/** `EPOCH:VERSION-RELEASE` of rpm and pacman, taken apart. */
export interface VersionLabel {
  readonly epoch: WholeNumber;
  readonly version: string;
  /** `undefined`: none was given. */
  readonly release: string | undefined;
}

/** A colon ends an epoch where only digits are before it, and is a part of the version elsewhere. A missing epoch is 0. */
export function readLabel(text: string): VersionLabel | undefined {
  const written = writtenVersion(text) ?? '';
  const [prefix = '', epoch = ''] = /^(\d*):/.exec(written) ?? [];
  const rest = written.slice(prefix.length);
  const dashAt = rest.lastIndexOf('-');
  const version = dashAt === -1 ? rest : rest.slice(0, dashAt);
  if (version === '') return undefined;
  return { epoch: readWholeNumber(epoch), version, release: dashAt === -1 ? undefined : rest.slice(dashAt + 1) };
}
