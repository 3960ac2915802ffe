import { defineControl } from '../../model/control.ts';
import { endOfLifeReviewed, releaseSeries } from '../../model/end-of-life.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { joinTexts } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { backports, parseComponentVersion, seriesOf } from './component-version.ts';
import { packagedComponent } from './engine-version.ts';

export const daemonSupportedVersion = defineControl({
  id: 'daemon-supported-version',
  subject: 'engine',
  severity: 'medium',
  title: {
    en: 'The containerd and runc beside the engine are of maintained series',
    zh: '与引擎配套的 containerd 和 runc 属于仍在维护的系列',
  },
  why: {
    en: 'A series that is no longer maintained gets no fix for the next flaw, and an engine that is kept up to date does not change that.',
    zh: '停止维护的系列得不到后续漏洞的修复，引擎本身保持更新也无济于事。',
  },
  how: {
    en: 'Looks up the day on which the series of each ends. What a distribution built is maintained by the distribution and not judged, nor is the engine itself, for which there is a rule of its own.',
    zh: '查找各自所属系列的维护截止日期。发行版构建由发行版维护，不作判断；引擎本身另有规则。',
  },
  references: {
    cisDocker: ['1.2.2'],
    nist800190: ['4.4.1'],
    links: ['https://containerd.io/releases/', 'https://github.com/opencontainers/runc/blob/main/RELEASES.md'],
  },
  engines: ['docker'],

  judge(engine, { machine, now }) {
    const { version } = engine;
    if (!version.known) return unknownFrom(version);
    const evidence = evidenceOf(version, { ...version.value.components }, `${version.path} Components`);
    const distribution = engine.local ? machine?.host.distribution : undefined;
    const product = engine.info.known ? engine.info.value.product : undefined;
    const isBackporting = distribution?.known === true && backports(distribution.value.id, product);
    // Ubuntu marks its runc only, and mends the containerd beside it all the same.
    const isPackaged = isBackporting || packagedComponent(version.value) !== undefined;
    const components = (['containerd', 'runc'] as const).flatMap((name) => {
      const text = version.value.components[name];
      const parsed = text === undefined ? undefined : parseComponentVersion(text);
      if (!parsed || parsed.isPackaged || isPackaged) return [];
      const series = seriesOf(parsed);
      return [{ name: `${name} ${series}`, known: releaseSeries[name].find((each) => each.name === series) }];
    });
    if (components.length === 0) {
      return notApplicable(
        {
          en: 'Neither was built by those who make it, or their versions are not told.',
          zh: '二者均非上游构建，或未报告版本。',
        },
        evidence,
      );
    }
    const ended = components.flatMap(({ name, known }) =>
      known?.ends !== undefined && new Date(known.ends) < now ? [{ name, day: known.ends }] : [],
    );
    if (ended.length > 0) {
      const { en, zh } = joinTexts(
        ended.map(({ name, day }) => ({
          en: `${name} has not been maintained since ${day}`,
          zh: `${name} 自 ${day} 起停止维护`,
        })),
      );
      return fail({ en: `${en}.`, zh: `${zh}。` }, evidence);
    }
    const strange = components.find(({ known }) => !known);
    if (strange) {
      return unknown(
        {
          en: `${strange.name} is not among the series that were known on ${endOfLifeReviewed}.`,
          zh: `${strange.name} 不在截至 ${endOfLifeReviewed} 已知的系列中。`,
        },
        { en: 'a newer Plimsoll', zh: '升级 Plimsoll' },
        evidence,
      );
    }
    const names = listed(components.map(({ name }) => name));
    return pass({ en: `Maintained: ${names.en}.`, zh: `仍在维护：${names.zh}。` }, evidence);
  },

  remedy() {
    return byHand(
      {
        en: 'Upgrade the packages that bring containerd and runc; the repository of Docker has both in containerd.io. Switch live restore on first, so that containers keep running.',
        zh: '升级提供 containerd 和 runc 的软件包；Docker 软件源的 containerd.io 包含二者。请先启用 live restore，使容器保持运行。',
      },
      ['containerd --version', 'runc --version'],
      'daemon-restart',
    );
  },
});
