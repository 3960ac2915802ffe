import { defineControl } from '../../model/control.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';

export const daemonCountConsistency = defineControl({
  id: 'daemon-count-consistency',
  subject: 'engine',
  severity: 'info',
  title: { en: 'The engine lists as many containers as it counts', zh: '引擎列出的容器数与其统计一致' },
  why: {
    en: 'A container that is counted and not listed is one that nobody audits: its data is damaged, or something between hides it.',
    zh: '被统计却未列出的容器无人审计：可能是其数据损坏，也可能是中间环节将其隐藏。',
  },
  how: {
    en: 'Compares the number in the answer of GET /info with the containers that could be read. Containers that come and go meanwhile make a difference too: run it again.',
    zh: '将 GET /info 应答中的数目与实际读到的容器比较。期间新增或移除的容器也会造成差异，请再运行一次确认。',
  },
  references: {
    aliases: ['engine-count-consistency', 'CONT-8106'],
    links: ['https://docs.docker.com/reference/api/engine/'],
  },

  judge({ info }, { machine }) {
    if (!info.known) return unknownFrom(info);
    const counted = info.value.containers;
    if (counted === undefined || !machine) {
      return notApplicable(
        { en: 'The engine counts no containers.', zh: '引擎未统计容器数目。' },
        evidenceOf(info, null),
      );
    }
    if (machine.unlisted) return unknownFrom(machine.unlisted);
    const read = machine.containers.length;
    const list: Evidence = { source: 'engine-api', path: 'GET /containers/json', value: read };
    const evidence = [evidenceOf(info, counted, `${info.path} Containers`), list];
    return counted === read
      ? pass({ en: `Both say ${counted}.`, zh: `两者均为 ${counted} 个。` }, evidence)
      : fail(
          {
            en: `The engine counts ${counted} containers, and ${read} could be read.`,
            zh: `引擎统计有 ${counted} 个容器，实际读到 ${read} 个。`,
          },
          evidence,
          'containers',
        );
  },

  remedy({ kind }) {
    return byHand(
      {
        en: 'Run it again. Where the difference stays, look in the log of the engine for containers that it could not load, and at plugins that filter its answers.',
        zh: '再运行一次。若差异仍在，请在引擎日志中查找无法加载的容器，并检查过滤其应答的插件。',
      },
      [`${kind} ps --all --quiet`, `journalctl -u ${kind}.service`],
    );
  },
});
