import { defineControl } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { known } from '../../model/fact.ts';
import { componentsOf, type HostComponent } from '../../model/host-component.ts';
import type { HostFacts } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import {
  askedEvidence,
  calledText,
  doubtAbout,
  flawedAmong,
  flawedTexts,
  flawEvidence,
  flawParameters,
  flawSeverityNote,
  sentences,
  severityOfFlaws,
} from '../component-flaws.ts';
import { packagesWith, upgradeCommands } from '../package-upgrade.ts';

export const kernelNoKnownFlaws = defineControl({
  id: 'kernel-no-known-flaws',
  subject: 'host',
  severity: {
    usual: 'high',
    note: flawSeverityNote,
    of: ({ components }, { parameters }) =>
      severityOfFlaws(flawedAmong(componentsOf(components, 'kernel'), parameters)),
  },
  title: { en: 'The kernel that runs has no severe flaw that is fixed', zh: '运行中的内核不含已有修复的严重漏洞' },
  why: {
    en: 'The kernel is all that stands between a container and its host. A flaw of it that is public works from within every container that may make the system call in question.',
    zh: '内核是容器与主机之间唯一的屏障。已公开的内核漏洞，任何能发起相应系统调用的容器都可以利用。',
  },
  how: {
    en: "Finds the package that the running kernel belongs to, and holds its version against the distribution's advisories. Where the kernel itself tells the version that it was built as (Debian, Ubuntu), that counts, and not what was installed since. Fails for flaws of the threshold and above that can be had repaired, and for any that is known to be exploited. Unknown without advisories of the release, and for a kernel that no installed package has. Live patches are not seen.",
    zh: '找到运行中内核所属的软件包，将其版本与发行版公告比对。若内核自身给出构建版本（Debian、Ubuntu），以该版本为准，而非之后安装的版本。达到阈值且可修复的漏洞，或任何已知被利用的漏洞，判为未通过。没有该发行版本的公告，或内核不属于任何已安装的软件包时为未知。不识别热补丁。',
  },
  references: {
    cisDocker: ['1.2.1'],
    nist800190: ['4.5.3'],
    links: ['https://www.cisa.gov/known-exploited-vulnerabilities-catalog'],
  },
  parameters: flawParameters,
  counterexample: kernelWithFlaw(),

  judge({ components }, { parameters }) {
    if (!components.known) return unknownFrom(components);
    const [kernel] = componentsOf(components, 'kernel');
    if (!kernel) {
      return notApplicable({ en: 'No kernel was looked for.', zh: '未查找内核。' });
    }
    const flawed = flawedAmong([kernel], parameters);
    if (flawed.length > 0) return fail(sentences(flawedTexts(flawed)), flawEvidence(flawed), 'components');
    const called = calledText(kernel);
    return (
      doubtAbout(kernel) ??
      pass(
        { en: `Advisories know of none in ${called}.`, zh: `公告中未见 ${called} 的此类漏洞。` },
        askedEvidence(kernel),
      )
    );
  },

  remedy(host) {
    const { distribution } = host;
    // A newer kernel of Debian and Ubuntu is another package.
    const isDebian = distribution.known && ['debian', 'ubuntu'].includes(distribution.value.id);
    return byHand(
      {
        en: 'Install the newest kernel of the distribution, move or stop the containers of this host, then reboot it.',
        zh: '安装发行版的最新内核，迁移或停止本机容器，然后重启。',
      },
      [
        ...(isDebian
          ? ['apt-get update', 'apt-get dist-upgrade']
          : upgradeCommands(host, packagesWith(host, 'kernel'))),
        'systemctl reboot',
      ],
      'reboot',
    );
  },
});

/** What must fail: the exemplary host's kernel with a flaw. */
function kernelWithFlaw(): Partial<HostFacts> {
  const { components } = exemplarHost;
  if (!components.known) return {};
  const [kernel] = componentsOf(components, 'kernel') as [HostComponent];
  const flaws = known(
    {
      uncovered: [],
      asked: [{ ecosystem: 'Debian:13', packages: 1, newest: null, read: null }],
      found: [
        {
          id: 'CVE-2024-1086',
          aliases: [],
          advisory: 'DSA-5658-1',
          purl: kernel.package ?? '',
          path: '/var/lib/dpkg/status',
          layer: 0,
          status: 'fixed',
          fixedIn: '6.12.25-1',
          severity: { level: 'high', source: 'debian' },
          summary: '',
          reason: {
            ecosystem: 'Debian:13',
            name: 'linux',
            compared: 'source',
            version: kernel.version,
            ordering: 'dpkg',
            range: { fixed: '6.12.25-1' },
            doubts: [],
          },
        } as const,
      ],
    },
    'file',
    kernel.path,
  );
  return { components: known({ ...components.value, components: [{ ...kernel, flaws }] }, 'file', 'advisories') };
}
