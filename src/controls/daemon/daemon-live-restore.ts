import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';

export const daemonLiveRestore = defineControl({
  id: 'daemon-live-restore',
  subject: 'engine',
  severity: 'low',
  title: { en: 'Containers survive a restart of the engine', zh: '引擎重启时容器保持运行' },
  why: {
    en: 'When every patch of the engine stops every container, patches are put off.',
    zh: '如果每次给引擎打补丁都要停掉所有容器，补丁就会被一再推迟。',
  },
  how: {
    en: 'Asks the running engine whether live restore is on. Swarm services cannot use it, so it is not asked of a Swarm node.',
    zh: '查询运行中的引擎是否启用了 live restore。Swarm 服务无法使用该功能，因此不对 Swarm 节点作此判断。',
  },
  references: {
    cisDocker: ['2.15'],
    nist800190: ['4.4.1'],
    links: ['https://docs.docker.com/engine/daemon/live-restore/'],
  },
  engines: ['docker'],
  counterexample: { 'live-restore': false },

  judge({ info }) {
    if (!info.known) return unknownFrom(info);
    const { swarm, liveRestore } = info.value;
    if (swarm !== undefined && swarm !== 'inactive') {
      return notApplicable(
        { en: 'Live restore does not work on a Swarm node.', zh: 'Swarm 节点不支持 live restore。' },
        evidenceOf(info, swarm, `${info.path} Swarm.LocalNodeState`),
      );
    }
    const evidence = evidenceOf(info, liveRestore ?? null, `${info.path} LiveRestoreEnabled`);
    return liveRestore === true
      ? pass({ en: 'Live restore is on.', zh: 'live restore 已启用。' }, evidence)
      : fail(
          { en: 'A restart of the engine stops every container.', zh: '引擎重启会停止所有容器。' },
          evidence,
          'live-restore',
        );
  },

  remedy(engine) {
    return changeSettings(
      engine,
      { 'live-restore': true },
      { en: 'Switch live restore on; a reload is enough.', zh: '启用 live restore，重新加载配置即可生效。' },
    );
  },
});
