import { defineControl, type Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { type ComponentPart, componentsOf, noAdvisories } from '../../model/host-component.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { flawedAmong, flawParameters, sentences, severityOfFlaws } from '../component-flaws.ts';
import { listed } from '../container/listing.ts';
import { backports, parseComponentVersion } from '../daemon/component-version.ts';
import { packagedComponent } from '../daemon/engine-version.ts';
import { packagesWith, upgradeCommands } from '../package-upgrade.ts';
import { flawsOf, runtimeFlaws } from './runtime-flaws.ts';
import { opinionOn, type ReportedRuntime } from './runtime-opinion.ts';

export const hostRuncNotVulnerable = defineControl({
  id: 'host-runc-not-vulnerable',
  subject: 'engine',
  severity: {
    usual: 'critical',
    note: {
      en: 'High where none of the flaws is one of the known ways out, critical, or known to be exploited.',
      zh: '不含已知逃逸漏洞、严重级别漏洞或已知被利用的漏洞时为高。',
    },
    of: (engine, { machine, now, parameters }) => {
      const flawed = flawedAmong(componentsOf(machine?.host.components ?? noAdvisories, ...parts), parameters);
      const isWayOut =
        parts.some((part) => reportedRuntime(part, engine, machine, now)?.flaws.length) ||
        flawed.some(({ flaws }) => flaws.some(({ id }) => waysOut.has(id)));
      return isWayOut || flawed.length === 0 ? 'critical' : severityOfFlaws(flawed);
    },
  },
  title: {
    en: 'runc and containerd have no known severe flaw',
    zh: 'runc 和 containerd 没有已知的严重漏洞',
  },
  why: {
    en: 'runc works as root with one foot in the container. Its flaws mostly turn an image or a command run in a container into root on the host, and there are programs for many of them.',
    zh: 'runc 以 root 身份运行，且一只脚踏在容器里。其漏洞大多能让一个镜像或一次容器内执行变成主机 root，且多有现成的利用程序。',
  },
  how: {
    en: "Compares the versions that the engine reports with the first ones without each known way out of a container. What a distribution built may carry a fix under a lower number: its package is held against the distribution's advisories, and stays unknown without them unless the number alone is high enough. Of what advisories tell, flaws of the threshold and above fail that can be had repaired, and any that is known to be exploited: in the distribution's package, or in what is built into a program of others. Unknown where nobody has rated what is repaired. Of Podman its runtime and conmon are judged.",
    zh: '将引擎报告的版本与各容器逃逸漏洞的首个修复版本比较。发行版构建可能以较低版本号包含修复：将其软件包与发行版公告比对；没有公告时，除非版本号已足够高，否则为未知。公告中达到阈值且可修复的漏洞，以及任何已知被利用的漏洞，判为未通过，包括发行版软件包的漏洞和其他构建所内置模块的漏洞。已修复的漏洞无人评级时为未知。对 Podman 判断其运行时与 conmon。',
  },
  references: {
    cisDocker: ['1.2.2'],
    nist800190: ['4.4.1'],
    links: ['https://github.com/opencontainers/runc/security/advisories'],
  },
  parameters: flawParameters,

  judge(engine, { machine, now, parameters }) {
    const { version } = engine;
    const components = machine?.host.components ?? noAdvisories;
    const opinions = parts.flatMap(
      (part) =>
        opinionOn(reportedRuntime(part, engine, machine, now), componentsOf(components, part), parameters) ?? [],
    );
    const evidence = version.known
      ? [evidenceOf(version, { ...version.value.components }, `${version.path} Components`)]
      : [];
    const flawed = opinions.filter((each) => each.kind === 'flawed');
    if (flawed.length > 0) {
      const texts = flawed.flatMap((each) => each.texts);
      return fail(sentences(texts), [...evidence, ...flawed.flatMap((each) => each.evidence)]);
    }
    const open = opinions.find((each) => each.kind === 'unknown');
    if (open) return { ...open.verdict, evidence: [...evidence, ...open.verdict.evidence] };
    const clean = opinions.filter((each) => each.kind === 'clean');
    if (clean.length === 0) {
      if (!version.known) return unknownFrom(version);
      // Podman does not report what it starts.
      if (engine.kind === 'podman' && !components.known) return unknownFrom(components);
      return notApplicable(
        { en: 'The engine reports neither runc nor containerd.', zh: '引擎未报告 runc 或 containerd 的版本。' },
        evidence,
      );
    }
    const names = listed(clean.map(({ name }) => name));
    return pass({ en: `No severe flaw is known of ${names.en}.`, zh: `${names.zh} 没有已知的严重漏洞。` }, [
      ...evidence,
      ...clean.flatMap((each) => each.evidence),
    ]);
  },

  remedy(_, { machine }) {
    const own = machine ? packagesWith(machine.host, ...parts) : [];
    return byHand(
      {
        en: 'Upgrade the packages that bring runc and containerd (containerd.io from Docker). Containers go on running; the new runc is used from the next start or exec.',
        zh: '升级提供 runc 和 containerd 的软件包（Docker 官方为 containerd.io）。容器可继续运行；下次启动或 exec 时即使用新的 runc。',
      },
      [...(machine ? upgradeCommands(machine.host, own) : []), 'runc --version', 'containerd --version'],
    );
  },
});

const waysOut: ReadonlySet<string> = new Set(runtimeFlaws.flatMap(({ ids }) => ids));

const parts = ['runtime', 'containerd', 'monitor'] as const satisfies readonly ComponentPart[];

/** What the engine reports of a part; `undefined` where it says nothing of it, or nothing that is a version. */
function reportedRuntime(
  part: (typeof parts)[number],
  engine: EngineFacts,
  machine: Machine | undefined,
  now: Date,
): ReportedRuntime | undefined {
  const { version, local } = engine;
  if (!version.known || part === 'monitor') return undefined;
  const name = part === 'runtime' ? 'runc' : part;
  const text = version.value.components[name];
  const parsed = text === undefined ? undefined : parseComponentVersion(text);
  if (text === undefined || !parsed) return undefined;
  const distribution = local ? machine?.host.distribution : undefined;
  const isBackporting =
    (distribution?.known === true && backports(distribution.value.id)) || saysThatItBackports(engine);
  const isPackaged = packagedComponent(version.value)?.startsWith('Engine') === true || isBackporting;
  return {
    name: `${name} ${text}`,
    isPackaged: isPackaged || parsed.isPackaged,
    flaws: flawsOf(name, parsed, now),
  };
}

/** What the engine says of its own system, for one that runs elsewhere or is seen from a container. */
function saysThatItBackports({ info }: EngineFacts): boolean {
  const system = info.known ? (info.value.operatingSystem ?? '') : '';
  return /^(?:Amazon Linux|SUSE Linux|openSUSE Leap|(?:Microsoft )?Azure Linux|CBL-Mariner)/.test(system);
}
