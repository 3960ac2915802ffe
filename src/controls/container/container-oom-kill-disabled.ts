import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';

export const containerOomKillDisabled = defineControl({
  id: 'container-oom-kill-disabled',
  subject: 'container',
  severity: 'low',
  title: {
    en: 'The kernel may end the container when memory runs out',
    zh: '内存耗尽时内核可以终止该容器',
  },
  why: {
    en: 'A container that the kernel spares does not stop when it eats all memory: the host hangs, or the kernel ends other programs in its place, the engine and the login service among them.',
    zh: '若内核不能终止某个容器，它耗尽内存时不会停下：主机会卡死，或由其他程序（包括引擎和登录服务）代为被终止。',
  },
  how: {
    en: 'The OOM killer may be switched off only together with a memory limit. The score that is added must not be below the least one, -500 unless set otherwise.',
    zh: '只有设置了内存上限才可关闭 OOM killer。OOM 分值调整不得低于下限，默认为 -500。',
  },
  references: { links: ['https://docs.docker.com/engine/containers/resource_constraints/'] },
  parameters: {
    least: {
      default: -500,
      description: {
        en: 'The lowest score that may be added, from -1000 to 1000.',
        zh: '允许的最低分值，范围 -1000 到 1000。',
      },
    },
  },
  counterexample: { resources: { oomKillDisable: true, memory: null } },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { parameters }) {
    const { oomKillDisable = false, oomScoreAdjust = 0, memory } = container.resources;
    const killer = configured(container, 'resources.oomKillDisable', oomKillDisable);
    const score = configured(container, 'resources.oomScoreAdjust', oomScoreAdjust);
    if (oomKillDisable && memory === undefined) {
      return fail(
        { en: 'The OOM killer is off, and nothing limits its memory.', zh: '已关闭 OOM killer，且未限制内存。' },
        killer,
        'resources.oomKillDisable',
      );
    }
    return oomScoreAdjust < parameters.least
      ? fail(
          {
            en: `The kernel spares it: its score is lowered by ${-oomScoreAdjust}.`,
            zh: `内核会优先保留它：OOM 分值被调低 ${-oomScoreAdjust}。`,
          },
          score,
          'resources.oomScoreAdjust',
        )
      : pass({ en: 'The kernel may end it when memory runs out.', zh: '内存耗尽时内核可以终止它。' }, [killer, score]);
  },

  remedy({ resources }, { parameters }) {
    const isSpared = (resources.oomScoreAdjust ?? 0) < parameters.least;
    return changeSpec(
      {
        resources: {
          ...(resources.oomKillDisable === true && resources.memory === undefined ? { oomKillDisable: null } : {}),
          ...(isSpared ? { oomScoreAdjust: null } : {}),
        },
      },
      {
        en: 'Leave the OOM killer on and the score as it is; limit the memory instead.',
        zh: '保持 OOM killer 开启，不调整分值，改为限制内存。',
      },
    );
  },
});
