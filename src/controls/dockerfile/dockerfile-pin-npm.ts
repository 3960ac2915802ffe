import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { isDynamic, unpinnedInstalls } from './pins.ts';
import { verdictsAt } from './places.ts';

export const dockerfilePinNpm = defineControl({
  id: 'dockerfile-pin-npm',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Packages of npm have a version', zh: 'npm 软件包写明版本' },
  why: {
    en: 'Without a version npm installs the newest release of the minute: two builds differ, and a release that was taken over by somebody else gets in at once.',
    zh: '不写版本时，npm 会安装当时最新的发布：两次构建结果不同，被他人劫持的发布也会立即进入镜像。',
  },
  how: {
    en: 'Every package that npm install, yarn add or pnpm add names has a version or a range behind @; a tag such as @latest is none. Local paths, archives and repositories at a revision are accepted, and so is an install from package.json.',
    zh: 'npm install、yarn add 或 pnpm add 写出的每个软件包都在 @ 之后带有版本或版本范围；@latest 之类的标签不算。接受本地路径、归档、指定了版本的代码仓库，以及按 package.json 安装。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['DL3016'],
    links: ['https://docs.npmjs.com/cli/v11/commands/npm-install'],
  },
  counterexample: {
    bad: 'FROM node:24\nRUN npm install -g serve\n',
    good: 'FROM node:24\nRUN npm install -g serve@14.2.4\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every package of npm has a version.',
      zh: 'npm 软件包都写明了版本。',
    });
  },

  remedy() {
    return byHand({ en: 'Write name@version.', zh: '写作 name@version。' }, ['npm view PACKAGE version']);
  },
});

function places(dockerfile: Dockerfile) {
  return unpinnedInstalls(dockerfile, ['npm', 'yarn', 'pnpm'], isPinned);
}

function isPinned(name: string): boolean {
  if (isDynamic(name)) return true;
  if (/^(?:[./~]|file:|link:|portal:|https?:)|\.(?:tgz|tar|tar\.gz)$|#/.test(name))
    return !/^https?:.*\.git$/.test(name);
  if (/^(?:git[+:@]|github:|gitlab:|bitbucket:|gist:)|^[\w.-]+\/[\w.-]+$/.test(name)) return false;
  const version = /^(?:@[^/@]+\/)?[^/@]+@(.+)$/s.exec(name)?.[1];
  return version !== undefined && /\d/.test(version.replace(/^npm:(?:@[^@]*)?[^@]*/, ''));
}
