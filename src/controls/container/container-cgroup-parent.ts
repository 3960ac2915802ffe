import { posix } from 'node:path';
import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { matchesGlob } from '../../model/glob.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';

export const containerCgroupParent = defineControl({
  id: 'container-cgroup-parent',
  subject: 'container',
  severity: 'low',
  title: { en: 'The container runs under the usual parent cgroup', zh: '容器位于常规的父 cgroup 之下' },
  why: {
    en: 'Limits and accounting for all containers are set on their common parent. A container placed under another cgroup escapes them and competes with what belongs there, the services of the host for instance.',
    zh: '针对全体容器的限制和统计设置在它们共同的父 cgroup 上。放到其他 cgroup 下的容器会脱离这些限制，并与其中原有的程序（例如主机服务）争用资源。',
  },
  how: {
    en: 'Reads the parent cgroup of the configuration. None is the default of the engine and passes, and so do the parents that engines, systemd and the kubelet use themselves. The path is resolved first, so that /docker/.. is the root.',
    zh: '读取配置中的父 cgroup。未设置即采用引擎默认值，判为通过；引擎、systemd 和 kubelet 自身使用的父 cgroup 也通过。判断前先规整路径，例如 /docker/.. 即为根。',
  },
  references: {
    cisDocker: ['5.25'],
    links: ['https://docs.docker.com/reference/cli/dockerd/'],
  },
  parameters: {
    allowed: {
      default: [
        'docker',
        'system.slice',
        'user.slice',
        'machine.slice',
        'libpod_parent',
        '*-libpod_pod_*.slice',
        'kubepods*',
      ],
      description: {
        en: 'Parent cgroups that are allowed, * for any text. A slash at the beginning or the end does not matter.',
        zh: '允许的父 cgroup，* 匹配任意文本。首尾的斜杠可有可无。',
      },
    },
  },
  counterexample: { cgroupParent: '/' },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { parameters: { allowed } }) {
    const { cgroupParent = '' } = container;
    const evidence = configured(container, 'cgroupParent', cgroupParent);
    if (cgroupParent === '') {
      return pass({ en: 'The engine chooses its parent cgroup.', zh: '由引擎选择父 cgroup。' }, evidence);
    }
    const resolved = resolve(cgroupParent);
    const place = resolved === '' ? '/' : resolved;
    return allowed.some((pattern) => matchesGlob(resolve(pattern), resolved))
      ? pass({ en: `Its parent cgroup ${place} is allowed.`, zh: `允许使用父 cgroup ${place}。` }, evidence)
      : fail(
          { en: `It is placed under the cgroup ${place}.`, zh: `容器被放到 cgroup ${place} 之下。` },
          evidence,
          'cgroupParent',
        );
  },

  remedy() {
    return changeSpec(
      { cgroupParent: null },
      {
        en: 'Leave the choice to the engine, and set limits on the container itself.',
        zh: '交由引擎选择父 cgroup，限制设置在容器自身上。',
      },
    );
  },
});

/** As the runtime takes it: from the root, without detours. */
function resolve(path: string): string {
  return posix.join('/', path, '.').replace(/\/$/, '');
}
