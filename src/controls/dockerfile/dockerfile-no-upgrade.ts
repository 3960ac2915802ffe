import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { Span } from '../../model/source-text.ts';
import { packageCommandOf } from './package-install.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

interface Upgrade extends Place {
  /** The word that says so, where a milder one would do. */
  readonly action?: Span;
}

const places = remembered(findPlaces);

export const dockerfileNoUpgrade = defineControl({
  id: 'dockerfile-no-upgrade',
  subject: 'dockerfile',
  severity: 'low',
  title: {
    en: 'The build does not upgrade the distribution as a whole',
    zh: '构建过程不整体升级发行版',
  },
  why: {
    en: 'A full upgrade may remove packages and add others, so that the image no longer is the base that its FROM names, and two builds of the same file differ.',
    zh: '整体升级可能删除一些软件包并添加另一些，使镜像不再是 FROM 所写的基础镜像，同一文件的两次构建也会不同。',
  },
  how: {
    en: 'No RUN calls dist-upgrade or full-upgrade of apt-get, apt or aptitude, or do-release-upgrade. A plain upgrade, which takes in security fixes, is accepted. For zypper see dockerfile-zypper.',
    zh: 'RUN 不得调用 apt-get、apt 或 aptitude 的 dist-upgrade 或 full-upgrade，也不得调用 do-release-upgrade。用于获取安全修复的普通 upgrade 可以接受。zypper 见 dockerfile-zypper。',
  },
  references: {
    aliases: ['DL3005', 'DS-0024'],
    links: ['https://manpages.debian.org/stable/apt/apt-get.8.en.html'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update && apt-get dist-upgrade -y\n',
    good: 'FROM debian:13\nRUN apt-get update && apt-get upgrade -y\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Nothing upgrades the distribution as a whole.',
      zh: '没有整体升级发行版的命令。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const action = placeOf(places(dockerfile), failure)?.action;
    if (!action) {
      return byHand({
        en: 'Name a base image of the release that you want, in FROM.',
        zh: '在 FROM 中写明所需版本的基础镜像。',
      });
    }
    return editText([{ ...action, text: 'upgrade' }], {
      en: 'Upgrade without adding or removing packages.',
      zh: '升级时不添加也不删除软件包。',
    });
  },
});

function findPlaces({ instructions }: Dockerfile): readonly Upgrade[] {
  return runsOf(instructions).flatMap((run) =>
    commandsOf(run).flatMap((command) => {
      const [word] = command.words;
      if (command.program === 'do-release-upgrade') return [upgrade(word?.span ?? command.span, command.program)];
      const call = packageCommandOf(command);
      if (!call || !/^(?:apt|apt-get|aptitude)$/.test(call.manager)) return [];
      if (call.action !== 'dist-upgrade' && call.action !== 'full-upgrade') return [];
      const { span, source } = call.actionWord;
      const isPlain = run.form === 'shell' && call.manager !== 'aptitude' && source === call.action;
      return [{ ...upgrade(span, `${call.manager} ${call.action}`), ...(isPlain ? { action: span } : {}) }];
    }),
  );
}

function upgrade(span: Span, value: string): Place {
  return {
    span,
    value,
    message: { en: `${value} changes the distribution as a whole.`, zh: `${value} 会整体改变发行版。` },
  };
}
