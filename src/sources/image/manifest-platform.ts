import { endianness } from 'node:os';
import { PlimsollError } from '../../model/error.ts';
import type { DescribedPlatform } from './blob-store.ts';

/** Architectures as registries write them, by what else they are called. Facts: the specification of OCI images, `GOARCH`. */
const architectures = new Map([
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['x64', 'amd64'],
  ['i386', '386'],
  ['i486', '386'],
  ['i586', '386'],
  ['i686', '386'],
  ['x86', '386'],
  ['ia32', '386'],
  ['aarch64', 'arm64'],
  ['armhf', 'arm'],
  ['armv7l', 'arm'],
  ['armv6l', 'arm'],
  ['armel', 'arm'],
  ['mipsel', 'mipsle'],
  ['mips64el', 'mips64le'],
  ['loongarch64', 'loong64'],
]);
/** What their names say besides. */
const impliedVariants = new Map([
  ['armhf', 'v7'],
  ['armv7l', 'v7'],
  ['armv6l', 'v6'],
  ['armel', 'v6'],
]);
const systems = new Map([
  ['macos', 'darwin'],
  ['osx', 'darwin'],
]);

/**
 * Reads `linux/arm64/v8`, `linux/amd64`, or an architecture alone, which is one of Linux.
 *
 * @throws PlimsollError where it is no platform
 */
export function parsePlatform(text: string): DescribedPlatform {
  const parts = text.toLowerCase().split('/');
  const isWritten = parts.length <= 3 && parts.every((part) => /^[a-z0-9][a-z0-9_.-]*$/.test(part));
  if (!isWritten) {
    throw new PlimsollError(
      'usage',
      { en: `${text} is no platform`, zh: `${text} 不是有效的平台` },
      { en: 'Write it as linux/amd64 or linux/arm/v7.', zh: '请写成 linux/amd64 或 linux/arm/v7 的形式。' },
    );
  }
  const [first = '', second, variant] = parts;
  return second === undefined ? normal('linux', first) : normal(first, second, variant);
}

/** The same in the one spelling that platforms are compared in. */
export function normalPlatform({ os, architecture, variant }: DescribedPlatform): DescribedPlatform {
  return normal(os.toLowerCase(), architecture.toLowerCase(), variant?.toLowerCase());
}

function normal(os: string, architecture: string, variant?: string): DescribedPlatform {
  const name = architectures.get(architecture) ?? architecture;
  const written = variant === undefined || variant === '' ? impliedVariants.get(architecture) : variant;
  const numbered = written !== undefined && /^\d/.test(written) ? `v${written}` : written;
  const usual = { arm: 'v7', arm64: 'v8', amd64: 'v1' }[name];
  // Of 64 bits the first variant is what is meant without one; of arm nothing is meant without one but the usual.
  const kept = name === 'arm' ? (numbered ?? usual) : numbered === usual ? undefined : numbered;
  return { os: systems.get(os) ?? os, architecture: name, ...(kept === undefined ? {} : { variant: kept }) };
}

export function platformText({ os, architecture, variant }: DescribedPlatform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
}

/** Linux on what this machine is: that is where its images run, whatever its own system. */
export function ownPlatform(): DescribedPlatform {
  const named = { ppc64: endianness() === 'LE' ? 'ppc64le' : 'ppc64', mips: 'mips', mipsel: 'mipsle' };
  const architecture = Object.hasOwn(named, process.arch) ? named[process.arch as keyof typeof named] : process.arch;
  return normal('linux', architecture);
}

/**
 * How well an image of one platform runs on another: 0 where it is the very same, more for an older variant, `undefined` where it
 * does not run there.
 */
export function platformDistance(wanted: DescribedPlatform, offered: DescribedPlatform): number | undefined {
  const [mine, theirs] = [normalPlatform(wanted), normalPlatform(offered)];
  if (mine.os !== theirs.os || mine.architecture !== theirs.architecture) return undefined;
  const [newest, needed] = [versionOf(mine), versionOf(theirs)];
  if (newest === undefined || needed === undefined) return mine.variant === theirs.variant ? 0 : undefined;
  return needed > newest ? undefined : newest - needed;
}

/** `v7` is 7; none is the first of its architecture. */
function versionOf({ architecture, variant }: DescribedPlatform): number | undefined {
  if (variant === undefined) return architecture === 'arm64' ? 8 : 1;
  const [, number] = /^v(\d{1,3}(?:\.\d{1,3})?)$/.exec(variant) ?? [];
  return number === undefined ? undefined : Number(number);
}
