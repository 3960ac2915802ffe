import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';

export const daemonCgroupParent = defineControl({
  id: 'daemon-cgroup-parent',
  subject: 'engine',
  severity: 'low',
  title: { en: 'Containers run under the engine’s own parent cgroup', zh: '容器位于引擎默认的父 cgroup 之下' },
  why: {
    en: 'Under another parent, containers share its limits with whatever else is there, and what watches or bounds the usual cgroup no longer sees them.',
    zh: '换到其他父 cgroup 后，容器会与其中的其他进程共用限额，针对默认 cgroup 的监控和限制也不再覆盖它们。',
  },
  how: {
    en: 'Reads cgroup-parent from the command line and from daemon.json: it must not be set, or be the default of the cgroup driver in use, or be among the allowed ones.',
    zh: '读取命令行和 daemon.json 中的 cgroup-parent：须未设置，或为当前 cgroup 驱动的默认值，或在允许之列。',
  },
  references: { cisDocker: ['2.10'], links: ['https://docs.docker.com/reference/cli/dockerd/'] },
  parameters: {
    allowed: {
      default: [] as string[],
      description: {
        en: 'Parent cgroups that have been reviewed: a slice with limits of its own.',
        zh: '已评审的父 cgroup：例如自带限额的 slice。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { 'cgroup-parent': '/anywhere' },

  judge(engine, { parameters }) {
    const setting = daemonSetting(engine, 'cgroup-parent');
    if (!setting.known) return unknownFrom(setting);
    const value = setting.value ?? '';
    const evidence = evidenceOf(setting, setting.value ?? null);
    if (value === '') return pass({ en: 'The default parent is used.', zh: '使用默认的父 cgroup。' }, evidence);
    if (typeof value === 'string' && [...parameters.allowed, ...defaultsOf(engine)].includes(value)) {
      return pass({ en: `The parent ${value} is in order.`, zh: `父 cgroup ${value} 符合要求。` }, evidence);
    }
    return fail(
      {
        en: `Containers are put under the cgroup ${JSON.stringify(value)}.`,
        zh: `容器被放到 cgroup ${JSON.stringify(value)} 之下。`,
      },
      evidence,
      'cgroup-parent',
    );
  },

  remedy(engine) {
    return changeSettings(
      engine,
      { 'cgroup-parent': null },
      {
        en: 'Remove cgroup-parent. Containers keep theirs until they are re-created.',
        zh: '移除 cgroup-parent。现有容器重建后才会改变。',
      },
    );
  },
});

/** What the engine uses where nothing is set. */
function defaultsOf({ info }: EngineFacts): string[] {
  if (!info.known) return [];
  if (info.value.cgroupDriver === 'cgroupfs') return ['/docker'];
  const isRootless = info.value.securityOptions.includes('name=rootless');
  return info.value.cgroupDriver === 'systemd' ? [isRootless ? 'user.slice' : 'system.slice'] : [];
}
