import type { FixRecord } from '../../model/fix-report.ts';
import type { Action, Plan, Refusal } from '../../model/plan.ts';
import type { Language } from '../../model/text.ts';
import { verbatim } from '../../model/text.ts';
import { assemblePlan } from '../plan-document.ts';

const created = new Date('2026-07-01T08:00:00Z');

const access = { mode: 0o644, uid: 0, gid: 0 } as const;

/** What nobody but the journal may hold. */
export const contentOfFile = 'only-in-the-file';

export const sampleActions: readonly Action[] = [
  {
    id: 'daemon-json/reload',
    kind: 'daemon-json',
    answers: [],
    summary: { en: 'Switch live-restore on first.', zh: '先启用 live-restore。' },
    diff: '--- a/etc/docker/daemon.json\n+++ b/etc/docker/daemon.json\n@@ -1,2 +1,3 @@\n {\n-  "debug": true\n+  "live-restore": true\n }\n',
    disruption: 'reload',
    affects: [],
    steps: [
      {
        kind: 'file',
        path: '/etc/docker/daemon.json',
        before: null,
        after: { bytes: Buffer.from(contentOfFile).toString('base64'), access },
      },
    ],
    effect: { kind: 'reload-daemon' },
  },
  {
    id: 'container-update/web',
    kind: 'container-update',
    answers: [
      { control: 'container-memory-limit', subject: 'container/web' },
      { control: 'container-pids-limit', subject: 'container/web' },
    ],
    summary: { en: 'Limit memory and processes of web.', zh: '限制 web 的内存与进程数。' },
    diff: '- Memory: 0\n+ Memory: 268435456',
    disruption: 'none',
    affects: [{ container: 'worker', effect: 'may-break', why: { en: 'it shares memory', zh: '它共用内存' } }],
    steps: [],
    pending: { en: 'Watch it for a day.', zh: '观察一天。' },
  },
  {
    id: 'removal/old',
    kind: 'removal',
    answers: [{ control: 'operations-stopped-containers-removed', subject: 'engine/here' }],
    summary: { en: 'Remove the stopped container old.', zh: '移除已停止的容器 old。' },
    diff: '',
    disruption: 'none',
    affects: [{ container: 'old', effect: 'is-removed', why: { en: 'it is stopped', zh: '它已停止' } }],
    steps: [{ kind: 'removal', what: 'container', id: 'abc' }],
    final: true,
  },
];

const refusedHarm: Refusal = {
  control: 'daemon-userns-remap',
  subject: 'engine/here',
  why: 'refused',
  reason: { en: 'Images and volumes would vanish.', zh: '镜像和卷将不可见。' },
  advice: { en: 'Plan a day for it.', zh: '请另行安排时间。' },
  commands: ['docker save web:1'],
};

export function manual(control: string, reason = control): Refusal {
  return {
    control,
    subject: 'host/here',
    why: 'manual',
    reason: verbatim(`by hand: ${reason}`),
    commands: [],
  };
}

export const samplePlan: Plan = {
  actions: sampleActions,
  refused: [
    manual('host-separate-partition'),
    refusedHarm,
    { ...refusedHarm, subject: 'engine/there' },
    {
      control: 'container-read-only-root',
      subject: 'container/web',
      why: 'excluded',
      reason: { en: 'Containers would stop.', zh: '容器会停止。' },
      advice: { en: 'Allow it with --disruption stop.', zh: '请使用 --disruption stop。' },
      commands: [],
    },
  ],
};

export function sampleDocument(language: Language, plan: Plan = samplePlan) {
  return assemblePlan(plan, { version: '1.2.3', language, created });
}

export function sampleRecord(language: Language, change: Partial<FixRecord> = {}): FixRecord {
  const states = ['done', 'failed', 'planned'] as const;
  return {
    id: '20260701-080000-ab12',
    kind: 'fix',
    who: 'alice (root)',
    started: '2026-07-01T08:00:00.000Z',
    finished: '2026-07-01T08:01:00.000Z',
    actions: sampleDocument(language).actions.map(({ order, final: _final, ...action }) => ({
      ...action,
      state: states[order - 1] ?? 'planned',
      reason: states[order - 1] === 'failed' ? { en: 'the engine said no', zh: '引擎拒绝' }[language] : null,
    })),
    ...change,
  };
}
