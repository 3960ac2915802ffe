import type { FoundPackage } from '../../contents/cataloger.ts';
import { type Fact, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { HostComponent } from '../../model/host-component.ts';
import type { Package } from '../../model/package.ts';
import type { RunningKernel } from '../../sources/host/running-kernel.ts';
import { factOf, type HostPlace, isOfOthers, systemPackage, whoMadeIt } from './place.ts';

/**
 * The kernel that runs, by the package that it belongs to: advisories are about what a distribution built, whose number of the release is no
 * upstream version.
 */
export function kernelComponent(kernel: Fact<RunningKernel>, place: HostPlace): HostComponent {
  const base = { part: 'kernel', judgedBy: 'distribution', version: '', gaps: place.owned.gaps } as const;
  if (!kernel.known) return { ...base, name: '', path: kernel.path, flaws: kernel };
  const { release, files, packageVersion } = kernel.value;
  const path = files[0] ?? kernel.path;
  const named = { ...base, name: release, path };
  if (!place.distribution.known) return { ...named, flaws: place.distribution };
  const owner = files.map((file) => place.owned.owners.get(file)).find((each) => each !== undefined);
  if (!owner) return { ...named, flaws: place.owned.gaps[0] ?? ofNobody(path) };
  const installed = systemPackage(owner, place);
  // What runs is what was started, and not what was installed since under the same release.
  const running =
    packageVersion === undefined || installed.type !== 'deb' || packageVersion === installed.version
      ? installed
      : systemPackage({ ...owner, found: asVersion(owner.found, packageVersion) }, place);
  return { ...named, version: running.version, package: running.purl, flaws: flawsOf(running, path, place) };
}

/** What was built from one source in one go has one version; that of a signed one is not asked about. */
function asVersion(found: FoundPackage, version: string): FoundPackage {
  const { source } = found;
  return { ...found, version, ...(source ? { source: { ...source, version } } : {}) };
}

function flawsOf(running: Package, path: string, { distribution, finder }: HostPlace): HostComponent['flaws'] {
  const { areNamed, ...findings } = finder.findOnHost([running], distribution.known ? distribution.value : undefined);
  // Every kernel of a distribution has had flaws: one that is never named is not in the data at all.
  if (findings.asked.length > 0 && !areNamed && !isOfOthers(findings)) return neverNamed(running, path);
  return factOf(findings, path, neverNamed(running, path));
}

function neverNamed({ source, name }: Package, path: string): UnreadableFact {
  const called = source?.name ?? name;
  return unreadable(
    'file',
    path,
    {
      en: `no advisory of the distribution names ${called}, from which it was built: it is not covered`,
      zh: `该发行版的公告从未提及其来源 ${called}，无法据此判断`,
    },
    whoMadeIt,
  );
}

function ofNobody(path: string): UnreadableFact {
  return unreadable(
    'file',
    path,
    {
      en: 'it belongs to no package that is installed here, so that no advisories are about it',
      zh: '它不属于此处安装的任何软件包，没有相应的公告',
    },
    {
      en: 'what whoever provides this kernel says of its flaws, or a kernel of the distribution',
      zh: '内核提供方发布的漏洞信息，或改用发行版自带的内核',
    },
  );
}
