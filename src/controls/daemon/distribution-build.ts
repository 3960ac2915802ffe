import type { JudgeContext, Machine } from '../../model/control.ts';
import { lifeOf } from '../../model/distribution-life.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import type { HostComponent } from '../../model/host-component.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';
import {
  askedEvidence,
  calledText,
  doubtAbout,
  flawedAmong,
  flawedTexts,
  flawEvidence,
  type flawParameters,
  sentences,
} from '../component-flaws.ts';

type Circumstances = Pick<JudgeContext<typeof flawParameters>, 'machine' | 'now' | 'parameters'>;

/** What a distribution built and mends: its advisories decide, for as long as there are any to come. */
export function judgeDistributionBuild(
  own: HostComponent,
  engine: EngineFacts,
  { machine, now, parameters }: Circumstances,
): Verdict {
  const called = calledText(own);
  const flawed = flawedAmong([own], parameters);
  if (flawed.length > 0) return fail(sentences(flawedTexts(flawed)), flawEvidence(flawed));
  const ended = endOf(machine, now);
  if (ended) {
    const { name, since, evidence } = ended;
    return fail(
      {
        en: `${called} belongs to ${name}, which has had no fixes since ${since}.`,
        zh: `${called} 属于 ${name}，该版本自 ${since} 起不再获得修复。`,
      },
      evidence,
    );
  }
  if (!own.flaws.known) {
    const evidence: Evidence = { source: own.flaws.source, path: own.path, value: own.version };
    return unknown(cannotTell(called), own.flaws.need, evidence);
  }
  const { en, zh } = distributionOf(engine, machine);
  return (
    doubtAbout(own) ??
    pass(
      {
        en: `Advisories of ${en} know of no severe flaw of ${called} that is fixed.`,
        zh: `${zh.trim()} 的公告中未见 ${called} 已有修复的严重漏洞。`,
      },
      askedEvidence(own),
    )
  );
}

function endOf(machine: Machine | undefined, now: Date) {
  const { components } = machine?.host ?? {};
  if (!components?.known || !components.value.distribution.known) return undefined;
  const { distribution } = components.value;
  const { state, ends = '', extendedEnds: since = ends } = lifeOf(distribution.value, now);
  return state === 'ended'
    ? { name: distribution.value.name, since, evidence: evidenceOf(distribution, since) }
    : undefined;
}

/** Of what a distribution built its number says too little, and there is nothing else to go by. */
export function unknownBuild(
  packaged: string,
  engine: EngineFacts,
  machine: Machine | undefined,
  evidence: Evidence,
): Verdict {
  return unknown(
    cannotTell(packaged),
    orAdvisories(compareWith(distributionOf(engine, machine)), engine, machine),
    evidence,
  );
}

function cannotTell(packaged: string): Text {
  return {
    en: `${packaged} was built by a distribution: which fixes it carries cannot be told from the number.`,
    zh: `${packaged} 由发行版构建：无法从版本号得知包含哪些修复。`,
  };
}

/** What a person can do, and what would do it for them: only where the engine's packages can be seen. */
export function orAdvisories({ en, zh }: Text, { local }: EngineFacts, machine: Machine | undefined): Text {
  const { components } = machine?.host ?? {};
  if (!local || !components || components.known) return { en, zh };
  const { need } = components;
  return { en: `${en}; or have Plimsoll do it, with ${need.en}`, zh: `${zh}；也可由 Plimsoll 比对，需要${need.zh}` };
}

export function compareWith({ en, zh }: Text): Text {
  return {
    en: `compare the installed package with the security advisories of ${en}`,
    zh: `请对照${zh}的安全公告核对已安装的软件包`,
  };
}

export function distributionOf({ local }: EngineFacts, machine: Machine | undefined): Text {
  const { distribution } = machine?.host ?? {};
  if (!local || !distribution?.known) return { en: 'its distribution', zh: '所属发行版' };
  const name = `${distribution.value.id} ${distribution.value.version}`.trim();
  return { en: name, zh: ` ${name} ` };
}
