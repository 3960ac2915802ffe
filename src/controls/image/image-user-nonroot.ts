import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { declaredUser, usualRootNames } from '../container/declared-user.ts';
import { isBase } from './history.ts';
import { notableFiles } from './inside.ts';
import { bareConfiguration, inspected, isOfficial } from './names-of-image.ts';

export const imageUserNonroot = defineControl({
  id: 'image-user-nonroot',
  subject: 'image',
  severity: 'medium',
  title: { en: 'The image names a user other than root', zh: '镜像声明了非 root 用户' },
  why: {
    en: 'Whoever starts the image without a thought runs it as root: a flaw in the service is then root in the container, one kernel flaw away from the host.',
    zh: '不作任何设置直接启动，镜像就以 root 运行：服务一旦被攻破，攻击者即为容器内的 root，距主机只差一个内核漏洞。',
  },
  how: {
    en: 'Reads the user as the engine does: none at all, the number 0 in any spelling, and names that stand for it fail. Other names pass, unless the image was opened and its /etc/passwd gives them the number 0. Not asked of what only other images are built on.',
    zh: '按引擎的规则读取用户：未声明、任何写法的数字 0 以及代表 root 的名称判为未通过。其他名称通过，除非已打开镜像且其 /etc/passwd 将该名称的编号设为 0。仅作为其他镜像基础的镜像不检查。',
  },
  references: {
    cisDocker: ['4.1'],
    cisKubernetes: ['5.2.7'],
    nist800190: ['4.1.2'],
    aliases: ['CIS-DI-0001'],
    links: ['https://docs.docker.com/reference/dockerfile/#user'],
  },
  parameters: {
    rootNames: {
      default: usualRootNames,
      description: { en: 'Names that stand for uid 0.', zh: '代表 uid 0 的用户名。' },
    },
  },
  counterexample: { configuration: bareConfiguration },

  judge(image, { machine, parameters: { rootNames } }) {
    const { user } = image.configuration;
    const evidence = inspected('Config.User', user);
    const declared = declaredUser({ user: user.trim(), state: 'stopped' }, rootNames);
    const isSecondRoot = notableFiles(image.contents, ['second-root']).some(({ detail }) => detail === declared.name);
    if (declared.root !== true && !isSecondRoot) {
      return pass({ en: `It names the user ${user}.`, zh: `声明的用户为 ${user}。` }, evidence);
    }
    // A base is root by its nature: the images that are built on it say who they run as.
    if (image.usedBy.length === 0 && (isBase(image, machine) || isOfficial(image))) {
      return notApplicable(
        { en: 'Nothing runs it; it is there to build on.', zh: '没有容器运行它，仅作为构建基础。' },
        evidence,
      );
    }
    return fail(
      user.trim() === ''
        ? { en: 'It names no user, so that it runs as root.', zh: '未声明用户，将以 root 运行。' }
        : { en: `Its user ${user} is root.`, zh: `其用户 ${user} 就是 root。` },
      evidence,
      'configuration.user',
    );
  },

  remedy() {
    return byHand(
      {
        en: 'End the Dockerfile with USER and a number other than 0, and give that user what it has to write to. Until then, name a user where the container is started.',
        zh: '在 Dockerfile 末尾用 USER 指定非 0 的数字用户，并授予其所需的写权限。在此之前，可在启动容器处指定用户。',
      },
      ['USER 10001:10001'],
      'rebuild',
    );
  },
});
