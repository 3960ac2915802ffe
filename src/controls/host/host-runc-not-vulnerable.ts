import { defineControl } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { joinTexts, type Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { backports, parseComponentVersion } from '../daemon/component-version.ts';
import { packagedComponent } from '../daemon/engine-version.ts';
import { flawsOf } from './runtime-flaws.ts';

export const hostRuncNotVulnerable = defineControl({
  id: 'host-runc-not-vulnerable',
  subject: 'engine',
  severity: 'critical',
  title: {
    en: 'runc and containerd have no known way out of a container',
    zh: 'runc 和 containerd 没有已知的容器逃逸漏洞',
  },
  why: {
    en: 'runc works as root with one foot in the container. Each of these flaws turns an image or a command run in a container into root on the host, and there are programs for all of them.',
    zh: 'runc 以 root 身份运行，且一只脚踏在容器里。上述每个漏洞都能让一个镜像或一次容器内执行变成主机 root，且均有现成的利用程序。',
  },
  how: {
    en: 'Compares the versions that the engine reports with the first ones without each flaw. A version with the mark of a distribution passes when its number alone is high enough; a lower one may carry the fix, so that it stays unknown.',
    zh: '将引擎报告的版本与各漏洞的首个修复版本比较。带发行版标记的版本若版本号已足够高则通过；较低者可能已回移修复，判为未知。',
  },
  references: {
    cisDocker: ['1.2.2'],
    nist800190: ['4.4.1'],
    links: ['https://github.com/opencontainers/runc/security/advisories'],
  },
  engines: ['docker'],

  judge(engine, { machine, now }) {
    const { version } = engine;
    if (!version.known) return unknownFrom(version);
    const distribution = engine.local ? machine?.host.distribution : undefined;
    const isBackporting =
      (distribution?.known === true && backports(distribution.value.id)) || saysThatItBackports(engine);
    const packaged = packagedComponent(version.value)?.startsWith('Engine') === true || isBackporting;
    const components = (['runc', 'containerd'] as const).flatMap((name) => {
      const text = version.value.components[name];
      const parsed = text === undefined ? undefined : parseComponentVersion(text);
      if (text === undefined || !parsed) return [];
      return [
        { name: `${name} ${text}`, isPackaged: packaged || parsed.isPackaged, flaws: flawsOf(name, parsed, now) },
      ];
    });
    const evidence = evidenceOf(version, { ...version.value.components }, `${version.path} Components`);
    if (components.length === 0) {
      return notApplicable(
        { en: 'The engine reports neither runc nor containerd.', zh: '引擎未报告 runc 或 containerd 的版本。' },
        evidence,
      );
    }
    const flawed = components.filter(({ isPackaged, flaws }) => !isPackaged && flaws.length > 0);
    if (flawed.length > 0) {
      const { en, zh } = joinTexts(
        flawed.flatMap(({ name, flaws }) =>
          flaws.map(({ ids, about }): Text => {
            const names = listed(ids);
            return { en: `${name} has ${names.en} (${about.en})`, zh: `${name} 存在 ${names.zh}（${about.zh}）` };
          }),
        ),
      );
      return fail({ en: `${en}.`, zh: `${zh}。` }, evidence);
    }
    const doubtful = components.find(({ flaws }) => flaws.length > 0);
    if (doubtful) {
      const names = listed(doubtful.flaws.flatMap(({ ids }) => ids));
      return unknown(
        {
          en: `${doubtful.name} was built by a distribution; whether it has the fixes of ${names.en} cannot be told from the number.`,
          zh: `${doubtful.name} 由发行版构建；无法从版本号得知是否包含 ${names.zh} 的修复。`,
        },
        {
          en: `look for these numbers in the changelog of the package (apt changelog, rpm -q --changelog) or in the security tracker of the distribution`,
          zh: '在软件包变更记录（apt changelog、rpm -q --changelog）或发行版安全公告中查找这些编号',
        },
        evidence,
      );
    }
    const names = listed(components.map(({ name }) => name));
    return pass(
      { en: `No way out of a container is known for ${names.en}.`, zh: `${names.zh} 没有已知的逃逸漏洞。` },
      evidence,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Upgrade the packages that bring runc and containerd (containerd.io from Docker). Containers go on running; the new runc is used from the next start or exec.',
        zh: '升级提供 runc 和 containerd 的软件包（Docker 官方为 containerd.io）。容器可继续运行；下次启动或 exec 时即使用新的 runc。',
      },
      ['runc --version', 'containerd --version'],
    );
  },
});

/** What the engine says of its own system, for one that runs elsewhere or is seen from a container. */
function saysThatItBackports({ info }: EngineFacts): boolean {
  const system = info.known ? (info.value.operatingSystem ?? '') : '';
  return /^(?:Amazon Linux|SUSE Linux|openSUSE Leap|(?:Microsoft )?Azure Linux|CBL-Mariner)/.test(system);
}
