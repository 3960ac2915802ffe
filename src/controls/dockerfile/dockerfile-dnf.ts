import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import { appendCommand } from './append-command.ts';
import { insertOption } from './package-calls.ts';
import type { PackageManager } from './package-install.ts';
import { placeOf, verdictsAt } from './places.ts';
import { cachingCalls, type CallPlace, unconfirmedCalls } from './rpm-calls.ts';
import { remembered } from '../../model/remembered.ts';

const managers: readonly PackageManager[] = ['dnf', 'microdnf', 'tdnf'];

const places = remembered(findPlaces);

export const dockerfileDnf = defineControl({
  id: 'dockerfile-dnf',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'dnf does not ask and leaves no cache', zh: 'dnf 不提问，也不留下缓存' },
  why: {
    en: 'Nobody can answer a question during a build, and what dnf fetches about its repositories only makes the image larger: it is out of date the next day.',
    zh: '构建过程中没有人能回答提问；dnf 获取的软件源数据只会使镜像变大，第二天就已过时。',
  },
  how: {
    en: 'Every dnf, microdnf or tdnf that installs, removes or upgrades has -y or an answer on its input, or assumeyes is set. In the final image the same RUN calls clean all of the same program behind it, or deletes its folder in /var/cache, or has a cache or tmpfs mount there. Stages that the final image is not built on may keep their caches.',
    zh: '每个执行安装、删除或升级的 dnf、microdnf 或 tdnf 都带有 -y、从标准输入得到回答或已设置 assumeyes。在最终镜像中，同一条 RUN 还要在其后调用同一程序的 clean all，或删除其在 /var/cache 中的目录，或在该处使用 cache 或 tmpfs 挂载。最终镜像不以其为基础的阶段可以保留缓存。',
  },
  references: {
    aliases: ['DL3038', 'DL3040', 'DS-0019', 'DS-0027'],
    links: ['https://dnf.readthedocs.io/en/latest/command_ref.html'],
  },
  counterexample: {
    bad: 'FROM rockylinux:9\nRUN dnf install -y httpd\n',
    good: 'FROM rockylinux:9\nRUN dnf install -y httpd && dnf clean all\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No dnf asks or leaves a cache.',
      zh: '没有提问或留下缓存的 dnf。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    if (place?.lacks === 'yes') {
      return editText([insertOption(place.call.run, place.span.end, '-y')], {
        en: 'Add -y.',
        zh: '添加 -y。',
      });
    }
    const cleaning = `${place?.call.manager ?? 'dnf'} clean all`;
    const summary = {
      en: `Call ${cleaning} at the end of the same RUN.`,
      zh: `在同一条 RUN 的末尾调用 ${cleaning}。`,
    };
    const edit = place && appendCommand(dockerfile, place.call.run, place.call.command, cleaning);
    return edit ? editText([edit], summary) : byHand(summary, [cleaning]);
  },
});

function findPlaces(dockerfile: Dockerfile): readonly CallPlace[] {
  return [...unconfirmedCalls(dockerfile, managers), ...cachingCalls(dockerfile, managers)];
}
