import { askedOfPerson } from '../asked-of-person.ts';
import { findTimer } from './site-programs.ts';

export const operationsWorkflowStale = askedOfPerson({
  id: 'operations-workflow-stale',
  severity: 'low',
  title: {
    en: 'Stale images and containers are found and removed on a schedule',
    zh: '按计划查找并移除陈旧的镜像和容器',
  },
  why: {
    en: 'Old images and stopped containers keep old holes and secrets at hand and fill the disk. What nobody is scheduled to remove stays.',
    zh: '旧镜像和已停止的容器保留着旧漏洞与机密，并占满磁盘。没有定期清理，它们就会一直留存。',
  },
  how: {
    en: 'An enabled timer of systemd that is named after pruning an engine passes. Where there is none a person answers: the clean-up may come from elsewhere.',
    zh: '存在以清理引擎命名且已启用的 systemd 定时器则通过；没有则由人回答，因为清理可能由别处发起。',
  },
  question: {
    en: 'Are stale images and containers on this host found and removed on a schedule?',
    zh: '本机上陈旧的镜像和容器是否按计划查找并移除？',
  },
  references: { cisDocker: ['6.1'], nist800190: ['4.2.2'], aliases: ['ops-workflow-stale'] },
  parameters: {
    timers: {
      default: [
        '*plimsoll*prune*',
        '*docker*prune*',
        '*podman*prune*',
        '*container*prune*',
        '*image*prune*',
        '*docker*clean*',
        '*podman*clean*',
        'docker-gc*',
      ] as string[],
      description: {
        en: 'Names of timers that remove what is stale, without .timer; `*` stands for any text.',
        zh: '执行清理的定时器名称，不含 .timer；`*` 匹配任意文本。',
      },
    },
  },
  proof(host, { parameters }) {
    const timer = findTimer(host, parameters.timers);
    return (
      timer && {
        message: {
          en: `${timer.name} removes what is stale on a schedule.`,
          zh: `${timer.name} 按计划移除陈旧内容。`,
        },
        evidence: timer.evidence,
      }
    );
  },
  summary: {
    en: 'Have a timer remove stopped containers and unused images that were made more than a month ago, after a look at what would go: a container counts by when it was made, even if it stopped a minute ago.',
    zh: '先查看将被移除的内容，再用定时器移除创建超过一个月的已停止容器和未使用镜像；容器按创建时间计算，即使刚刚停止也会被移除。',
  },
  commands: [
    "docker container ls --all --filter status=exited --format '{{.Names}} {{.Status}}'",
    'docker container prune --filter until=720h',
    'docker image prune --all --filter until=720h',
  ],
});
