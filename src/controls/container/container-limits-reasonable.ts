import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import type { EngineInfo } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { readableBytes } from '../../model/readable-bytes.ts';
import { resourceLimit } from './resource-limit.ts';

const mebibyte = 1024 ** 2;

export const containerLimitsReasonable = defineControl({
  id: 'container-limits-reasonable',
  subject: 'container',
  severity: 'low',
  title: { en: 'No limit grants nearly the whole machine', zh: '资源上限不得接近整台主机的容量' },
  why: {
    en: 'A limit as large as the machine limits nothing: the container can still starve the host and everything else on it.',
    zh: '与整机容量相当的上限形同虚设：容器仍能耗尽主机资源，拖垮其上的一切。',
  },
  how: {
    en: 'Compares the memory and processor limits in force (those of the cgroup, otherwise the configured ones) with what the engine says the machine has. Limits that are not set are the matter of other controls.',
    zh: '将生效的内存与 CPU 上限（以 cgroup 为准，否则以配置为准）与引擎报告的主机容量比较。未设置上限的情形由其他控制项判断。',
  },
  references: { cisDocker: ['5.11', '5.12'], nist800190: ['3.4.3'] },
  parameters: {
    share: {
      default: 0.8,
      description: {
        en: "The part of the machine's memory and of its processors that one container may have, 0 to 1.",
        zh: '单个容器可占主机内存和 CPU 的比例，取值 0 到 1。',
      },
    },
  },
  counterexample: { resources: { memory: 8 * 1024 ** 3, memorySwap: 8 * 1024 ** 3, cpus: 4 } },
  // Only an engine knows what this is measured by.
  dialects: ['engine-api'],

  judge(container, { machine, parameters: { share } }) {
    const limits = limitsOf(container);
    if (limits.length === 0) {
      return notApplicable({ en: 'It has no limits that could be compared.', zh: '容器没有可供比较的上限。' });
    }
    if (!machine) {
      return notApplicable({
        en: 'The machine that it will run on is not known.',
        zh: '尚不知道它将在哪台主机上运行。',
      });
    }
    const { info } = machine.engine;
    if (!info.known) return unknownFrom(info);
    const evidence = limits.flatMap(({ evidence: limit, totalOf, totalField }) => [
      limit,
      evidenceOf(info, totalOf(info.value) ?? null, `${info.path} ${totalField}`),
    ]);
    const excessive = limits.filter(({ value, totalOf }) => value > (totalOf(info.value) ?? Infinity) * share);
    if (excessive.length > 0) {
      const shown = listed(
        excessive.map(({ value, totalOf, show }) => `${show(value)} / ${show(totalOf(info.value) ?? 0)}`),
      );
      return fail(
        {
          en: `Its limits exceed ${percent(share)} of the machine: ${shown.en}.`,
          zh: `上限超过主机容量的 ${percent(share)}：${shown.zh}。`,
        },
        evidence,
        excessive[0] && `resources.${excessive[0].resource}`,
      );
    }
    if (limits.some(({ totalOf }) => totalOf(info.value) === undefined)) {
      return unknown(
        { en: 'The engine does not say how large the machine is.', zh: '引擎未报告主机的容量。' },
        { en: 'ask an engine that reports MemTotal and NCPU', zh: '使用能报告 MemTotal 和 NCPU 的引擎' },
        evidence,
      );
    }
    return pass(
      {
        en: `Its limits stay within ${percent(share)} of the machine.`,
        zh: `上限未超过主机容量的 ${percent(share)}。`,
      },
      evidence,
    );
  },

  remedy(container, { machine, parameters: { share } }) {
    const summary = {
      en: `Limit it to ${percent(share)} of the machine at most, better to what it needs.`,
      zh: `上限最多设为主机容量的 ${percent(share)}，最好按实际需要设置。`,
    };
    const info = machine?.engine.info;
    if (!info?.known) return byHand(summary);
    const memory = (info.value.memory || Infinity) * share;
    const processors = (info.value.processors || Infinity) * share;
    const limits = limitsOf(container);
    const above = (name: string, most: number) =>
      limits.some(({ resource, value }) => resource === name && value > most);
    return changeSpec(
      {
        resources: {
          ...(above('memory', memory) ? { memory: roundDown(memory, mebibyte) } : {}),
          ...(above('cpus', processors) ? { cpus: Math.floor(processors * 100) / 100 } : {}),
        },
      },
      summary,
    );
  },
});

interface Comparison {
  readonly resource: 'memory' | 'cpus';
  /** What the whole machine has of it; an engine that cannot tell says nothing, or 0. */
  readonly totalOf: (info: EngineInfo) => number | undefined;
  /** The same in the engine's own words. */
  readonly totalField: string;
  readonly show: (amount: number) => string;
}

/** The limits that are set, and what to compare them with. */
function limitsOf(container: ContainerSpec) {
  const comparisons: readonly Comparison[] = [
    { resource: 'memory', totalOf: (info) => info.memory || undefined, totalField: 'MemTotal', show: readableBytes },
    {
      resource: 'cpus',
      totalOf: (info) => info.processors || undefined,
      totalField: 'NCPU',
      show: (amount) => `${amount} CPU`,
    },
  ];
  return comparisons.flatMap((comparison) => {
    const { value, evidence } = resourceLimit(container, comparison.resource);
    return value === undefined ? [] : [{ ...comparison, value, evidence }];
  });
}

function roundDown(amount: number, unit: number): number {
  return Math.floor(amount / unit) * unit;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
