import type { Dockerfile } from '../../model/dockerfile.ts';
import { defineControl } from '../../model/control.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { appendCommand } from './append-command.ts';
import { placeOf, verdictsAt } from './places.ts';
import { cachingCalls } from './rpm-calls.ts';
import { remembered } from '../../model/remembered.ts';

const summary: Text = {
  en: 'Call yum clean all at the end of the same RUN.',
  zh: '在同一条 RUN 的末尾调用 yum clean all。',
};

const places = remembered((dockerfile: Dockerfile) => cachingCalls(dockerfile, ['yum']));

export const dockerfileYumClean = defineControl({
  id: 'dockerfile-yum-clean',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'yum leaves no cache in the image', zh: 'yum 不在镜像中留下缓存' },
  why: {
    en: 'What yum fetches about its repositories takes tens of megabytes and is out of date the next day. What a later RUN deletes still is in the layer.',
    zh: 'yum 获取的软件源数据占用数十兆字节，第二天就已过时。之后的 RUN 即使删除，数据仍留在该层中。',
  },
  how: {
    en: 'Behind every yum of the final image that installs or upgrades, the same RUN calls yum clean all or dnf clean all, or deletes /var/cache/yum or /var/cache/dnf, or has a cache or tmpfs mount there. Stages that the final image is not built on are left alone.',
    zh: '最终镜像中每个执行安装或升级的 yum 之后，同一条 RUN 都调用 yum clean all 或 dnf clean all，或删除 /var/cache/yum 或 /var/cache/dnf，或在该处使用 cache 或 tmpfs 挂载。最终镜像不以其为基础的阶段不作判断。',
  },
  references: {
    aliases: ['DL3032', 'DS-0015'],
    links: ['https://man7.org/linux/man-pages/man8/yum.8.html'],
  },
  counterexample: {
    bad: 'FROM centos:7\nRUN yum install -y httpd-2.4.6\n',
    good: 'FROM centos:7\nRUN yum install -y httpd-2.4.6 && yum clean all\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No cache of yum stays in the image.',
      zh: '镜像中没有留下 yum 的缓存。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const edit = place && appendCommand(dockerfile, place.call.run, place.call.command, 'yum clean all');
    return edit ? editText([edit], summary) : byHand(summary, ['yum clean all']);
  },
});
