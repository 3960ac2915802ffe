import type { Dockerfile } from '../../model/dockerfile.ts';
import { defineControl } from '../../model/control.ts';
import { editText } from '../../model/remedy.ts';
import { insertOption } from './package-calls.ts';
import { placeOf, verdictsAt } from './places.ts';
import { unconfirmedCalls } from './rpm-calls.ts';
import { remembered } from '../../model/remembered.ts';

const places = remembered((dockerfile: Dockerfile) => unconfirmedCalls(dockerfile, ['yum']));

export const dockerfileYumYes = defineControl({
  id: 'dockerfile-yum-yes',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'yum is told to answer yes', zh: 'yum 自动回答 yes' },
  why: {
    en: 'Nobody can answer a question during a build. yum asks before it changes anything, and the build stops.',
    zh: '构建过程中没有人能回答提问。yum 在改动任何内容之前都会询问，构建会因此中止。',
  },
  how: {
    en: 'Every yum that installs, removes or upgrades has -y or --assumeyes, or an answer on its input, or assumeyes set by an option or a file written earlier. Where a variable may hold the options, or a yum.conf is copied, nothing is said.',
    zh: '每个执行安装、删除或升级的 yum 都带有 -y 或 --assumeyes，或从标准输入得到回答，或已通过选项或先前写入的文件设置 assumeyes。若选项可能在变量中，或复制了 yum.conf，则不作判断。',
  },
  references: { aliases: ['DL3030'], links: ['https://man7.org/linux/man-pages/man8/yum.8.html'] },
  counterexample: {
    bad: 'FROM centos:7\nRUN yum install httpd-2.4.6 && yum clean all\n',
    good: 'FROM centos:7\nRUN yum install -y httpd-2.4.6 && yum clean all\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No yum waits for an answer.',
      zh: '没有等待回答的 yum。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    return editText(place ? [insertOption(place.call.run, place.span.end, '-y')] : [], {
      en: 'Add -y.',
      zh: '添加 -y。',
    });
  },
});
