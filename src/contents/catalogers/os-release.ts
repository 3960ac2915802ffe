import type { Distribution } from '../../model/image-contents.ts';
import { type CatalogedFile, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { fromAssignments, fromLsb } from '../distribution/assignments.ts';
import { fromReleaseLine, fromSuse } from '../distribution/release-line.ts';
import { fromAlpine, fromDebian } from '../distribution/version-only.ts';

/** Which operating system an image is made from. */
export const osRelease = defineCataloger({
  id: 'os-release',
  version: 1,
  reads: {
    en: 'the name and version of the operating system (`os-release`, and what older systems have instead)',
    zh: '操作系统的名称与版本（`os-release`，以及旧系统中的同类文件）',
  },
  globs: [
    'etc/os-release',
    'usr/lib/os-release',
    'usr/lib/os.release.d/*',
    'etc/lsb-release',
    'etc/alpine-release',
    'etc/debian_version',
    'etc/SuSE-release',
    'etc/oracle-release',
    'etc/centos-release',
    'etc/rocky-release',
    'etc/almalinux-release',
    'etc/fedora-release',
    'etc/photon-release',
    'etc/mariner-release',
    'etc/redhat-release',
    'etc/system-release',
    'etc/gentoo-release',
    'etc/arch-release',
  ],
  // A page of text at most; a larger one is no such file.
  limit: 64 * 1024,

  read(file) {
    const distribution = distributionIn(file);
    if (distribution) return { distribution };
    // The others may have other things in them: `lsb-release` of CentOS has the version of a standard.
    return file.path.includes('os-release') && file.content.size > 0 ? nothingTold : {};
  },
});

const nothingTold: CatalogerReading = {
  gaps: [
    {
      reason: { en: 'it does not say which operating system this is', zh: '其中没有说明这是什么操作系统' },
      need: { en: 'a file with an ID, as os-release has it', zh: '包含 ID 的文件，例如 os-release' },
    },
  ],
};

function distributionIn(file: CatalogedFile): Distribution | undefined {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const text = file.text();
  if (name === 'lsb-release') return fromLsb(text);
  if (name === 'alpine-release') return fromAlpine(text);
  if (name === 'debian_version') return fromDebian(text);
  if (name === 'SuSE-release') return fromSuse(text);
  // It is empty, or has a name only.
  if (name === 'arch-release') return { id: 'arch', version: '', name: 'Arch Linux', idLike: [] };
  return name.startsWith('os-release') ? fromAssignments(text) : fromReleaseLine(text);
}

/**
 * The most exact first. `os-release` is what the system says of itself, in `/etc` by right of way; what is for one distribution only tells
 * more than what many have; `debian_version` says `bookworm/sid` in Ubuntu too.
 */
const precedence: readonly RegExp[] = [
  /^etc\/os-release$/,
  /^usr\/lib\/os-release$/,
  /^usr\/lib\/os\.release\.d\//,
  /^etc\/alpine-release$/,
  /^etc\/(?:oracle|centos|rocky|almalinux|fedora|photon|mariner|gentoo)-release$/,
  /^etc\/SuSE-release$/,
  /^etc\/redhat-release$/,
  /^etc\/system-release$/,
  /^etc\/lsb-release$/,
  /^etc\/debian_version$/,
  /^etc\/arch-release$/,
];

export interface DistributionCandidate {
  /** Without a leading slash. */
  readonly path: string;
  readonly distribution: Distribution;
}

/**
 * Of what several files say, what is to be believed. Where the best does not tell a version or a codename, another that speaks of the
 * same distribution may.
 */
export function bestDistribution<Candidate extends DistributionCandidate>(
  candidates: readonly Candidate[],
): Candidate | undefined {
  const sorted = candidates.toSorted((one, other) => rankOf(one) - rankOf(other));
  const [best] = sorted;
  if (!best) return undefined;
  const same = sorted.filter(({ distribution }) => distribution.id === best.distribution.id);
  const { version, codename } = best.distribution;
  const laterCodename = codename ?? same.find(({ distribution }) => distribution.codename)?.distribution.codename;
  return {
    ...best,
    distribution: {
      ...best.distribution,
      version: version || (same.find(({ distribution }) => distribution.version)?.distribution.version ?? ''),
      ...(laterCodename === undefined ? {} : { codename: laterCodename }),
    },
  };
}

function rankOf({ path }: DistributionCandidate): number {
  const rank = precedence.findIndex((each) => each.test(path));
  return rank < 0 ? precedence.length : rank;
}
