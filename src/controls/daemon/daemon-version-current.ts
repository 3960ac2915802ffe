import { defineControl, type Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { componentsOf, type HostComponent } from '../../model/host-component.ts';
import { byHand } from '../../model/remedy.ts';
import { joinTexts, type Text } from '../../model/text.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import {
  flawedAmong,
  type FlawedComponent,
  flawedTexts,
  flawEvidence,
  flawParameters,
  flawSeverityNote,
  sentences,
  severityOfFlaws,
  unratedFlaws,
} from '../component-flaws.ts';
import { packagesWith, upgradeCommands } from '../package-upgrade.ts';
import { backports } from './component-version.ts';
import { compareWith, distributionOf, judgeDistributionBuild, unknownBuild } from './distribution-build.ts';
import { advisoriesOf, isTakenOver, packagedComponent, parseRelease, releaseLineOf } from './engine-version.ts';
import { type EngineAdvisory, releaseLinesReviewed } from './release-lines.ts';

const day = 24 * 60 * 60 * 1000;

export const daemonVersionCurrent = defineControl({
  id: 'daemon-version-current',
  subject: 'engine',
  severity: {
    usual: 'high',
    note: flawSeverityNote,
    of: (_, { machine, parameters }) => severityOfFlaws(flawedAmong(engineComponents(machine), parameters)),
  },
  title: { en: 'The engine is a maintained release with no known faults', zh: '引擎为仍在维护且无已知漏洞的版本' },
  why: {
    en: 'Faults of the engine become public with the release that mends them. An engine that stays behind, or whose line is no longer mended, can be attacked by the book.',
    zh: '引擎的漏洞随修复版本一同公开。版本落后或已停止维护的引擎，会被人照着公告攻击。',
  },
  how: {
    en: "Compares the version with the maintained lines of Docker Engine and with the faults of the engine itself that are listed here; where the list has grown old, it stays unknown. What a distribution built carries fixes that its number does not show: its package is held against the distribution's advisories, as long as the distribution is maintained, and is unknown without them. What others built is also judged by the Go modules that are built in. Of what advisories tell, flaws of the threshold and above fail that can be had repaired, and any that is known to be exploited. Unknown where nobody has rated what is repaired. containerd and runc are the matter of host-runc-not-vulnerable.",
    zh: '将版本与 Docker Engine 的维护分支及此处列出的引擎自身漏洞比对；列表过旧时判为未知。发行版构建包含版本号未体现的修复：在发行版仍受维护的前提下，将其软件包与发行版公告比对，没有公告时为未知。其他构建还会按内置的 Go 模块判断。公告中达到阈值且可修复的漏洞，以及任何已知被利用的漏洞，判为未通过。已修复的漏洞无人评级时为未知。containerd 和 runc 由 host-runc-not-vulnerable 判断。',
  },
  references: {
    cisDocker: ['1.2.2'],
    nist800190: ['4.4.1'],
    links: ['https://docs.docker.com/engine/release-notes/29/'],
  },
  parameters: {
    ...flawParameters,
    maximumListAge: {
      default: 365,
      description: {
        en: 'After how many days the list of releases is too old to pass anything by it.',
        zh: '版本列表超过多少天即视为过旧，不再据此判定通过。',
      },
    },
  },

  judge(engine, { machine, now, parameters }) {
    const { version } = engine;
    const built = engineComponents(machine);
    const own = built.find(({ judgedBy }) => judgedBy === 'distribution');
    if (own) return judgeDistributionBuild(own, engine, { machine, now, parameters });
    if (!version.known) return unknownFrom(version);
    const number = version.value.version;
    const evidence = evidenceOf(version, number, `${version.path} Version`);
    if (engine.kind !== 'docker') return unknownBuild(`${engine.kind} ${number}`, engine, machine, evidence);
    const packaged =
      packagedComponent(version.value) ?? (isMendedHere(engine, machine) ? `Engine ${number}` : undefined);
    if (packaged !== undefined) return unknownBuild(packaged, engine, machine, evidence);
    const release = parseRelease(number);
    if (!release) {
      return unknown(
        { en: `${number} is no version of a release.`, zh: `${number} 不是正式版本号。` },
        compareWith({ en: 'whoever built it', zh: '构建方' }),
        evidence,
      );
    }
    if (release.preRelease) {
      return fail(
        { en: `${number} is a preview, for which there are no fixes.`, zh: `${number} 是预览版，不提供修复。` },
        evidence,
      );
    }
    const line = releaseLineOf(release);
    if (line === 'unlisted') {
      return unknown(
        {
          en: `${number} is newer than the releases that this version of Plimsoll knows.`,
          zh: `${number} 比本版 Plimsoll 所知的版本更新。`,
        },
        { en: 'a newer Plimsoll', zh: '升级 Plimsoll' },
        evidence,
      );
    }
    if (line === 'older') return fail(unmaintained(release.line), evidence);
    if (line.ended !== undefined && new Date(line.ended) <= now) {
      return fail(unmaintained(line.name, line.ended), evidence);
    }
    if (isTakenOver(release)) {
      return unknown(
        {
          en: `Docker's release notes end at ${line.lastByDocker}; ${number} was built by someone who maintains ${line.name} further.`,
          zh: `Docker 官方发布说明止于 ${line.lastByDocker}；${number} 由继续维护 ${line.name} 的厂商构建。`,
        },
        compareWith(distributionOf(engine, machine)),
        evidence,
      );
    }
    const listed = advisoriesOf(release, now);
    const flawed = withoutListed(flawedAmong(built, parameters), listed);
    if (listed.length > 0 || flawed.length > 0) {
      const texts = [...(listed.length > 0 ? [listedText(number, listed)] : []), ...flawedTexts(flawed)];
      return fail(sentences(texts), [evidence, ...flawEvidence(flawed)]);
    }
    if (now.getTime() - Date.parse(releaseLinesReviewed) > parameters.maximumListAge * day) {
      return unknown(
        {
          en: `Nothing was known against ${number} on ${releaseLinesReviewed}, but that is too long ago.`,
          zh: `截至 ${releaseLinesReviewed}，${number} 没有已知漏洞，但该列表已过旧。`,
        },
        { en: 'a newer Plimsoll', zh: '升级 Plimsoll' },
        evidence,
      );
    }
    const unrated = built.map(unratedFlaws).find((each) => each !== undefined);
    if (unrated) return { ...unrated, evidence: [evidence, ...unrated.evidence] };
    return pass(
      {
        en: `${number} is maintained, and nothing was known against it on ${releaseLinesReviewed}.`,
        zh: `${number} 仍在维护，截至 ${releaseLinesReviewed} 没有已知漏洞。`,
      },
      evidence,
    );
  },

  remedy(engine, { machine }) {
    const host = engine.local || engineComponents(machine).length > 0 ? machine?.host : undefined;
    const own = host ? packagesWith(host, 'engine') : [];
    if (host && own.length > 0) {
      return byHand(
        {
          en: "Upgrade the engine's package; where the distribution is no longer maintained, move to a newer release of it first. Switch live restore on before, so that containers keep running.",
          zh: '升级引擎软件包；若发行版已停止维护，请先升级发行版。请先启用 live restore，使容器保持运行。',
        },
        upgradeCommands(host, own),
        'daemon-restart',
      );
    }
    return byHand(
      {
        en: 'Upgrade to the newest release of a maintained line, one major version at a time. Switch live restore on first, so that containers keep running.',
        zh: '升级到维护中分支的最新版本，逐个大版本升级。请先启用 live restore，使容器保持运行。',
      },
      host ? upgradeCommands(host, ofDocker) : [],
      'daemon-restart',
    );
  },
});

const ofDocker = ['docker-ce', 'docker-ce-cli', 'containerd.io'];

function engineComponents(machine: Machine | undefined): readonly HostComponent[] {
  return machine ? componentsOf(machine.host.components, 'engine') : [];
}

function listedText(number: string, listed: readonly EngineAdvisory[]): Text {
  const { en, zh } = joinTexts(
    listed.map(({ ids, about }) => ({
      en: `${ids.join(', ')} (${about.en})`,
      zh: `${ids.join('、')}（${about.zh}）`,
    })),
  );
  return { en: `${number} has known faults: ${en}`, zh: `${number} 存在已知漏洞：${zh}` };
}

/** What is listed here has been said. */
function withoutListed(
  flawed: readonly FlawedComponent[],
  listed: readonly EngineAdvisory[],
): readonly FlawedComponent[] {
  const ids = new Set(listed.flatMap((each) => each.ids));
  return flawed
    .map(({ component, flaws }) => ({ component, flaws: flaws.filter(({ id }) => !ids.has(id)) }))
    .filter(({ flaws }) => flaws.length > 0);
}

/** Some distributions mend engines under the number of upstream: nothing in it tells. */
function isMendedHere({ local, info }: EngineFacts, machine: Machine | undefined): boolean {
  const { distribution } = machine?.host ?? {};
  const product = info.known ? info.value.product : undefined;
  return local && distribution?.known === true && backports(distribution.value.id, product);
}

function unmaintained(line: string, ended?: string): Text {
  return ended === undefined
    ? { en: `Docker Engine ${line} is no longer maintained.`, zh: `Docker Engine ${line} 已停止维护。` }
    : {
        en: `Docker Engine ${line} has not been maintained since ${ended}.`,
        zh: `Docker Engine ${line} 自 ${ended} 起停止维护。`,
      };
}
