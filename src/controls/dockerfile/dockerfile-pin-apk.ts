import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { isDynamic, unpinnedInstalls } from './pins.ts';
import { verdictsAt } from './places.ts';

export const dockerfilePinApk = defineControl({
  id: 'dockerfile-pin-apk',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Packages of apk have a version', zh: '用 apk 安装的软件包写明版本' },
  why: {
    en: 'Without a version two builds of the same file install different packages. Alpine drops old versions, so name~version, which lets the revision move, breaks less often.',
    zh: '不写版本时，同一文件的两次构建会安装不同的软件包。Alpine 会移除旧版本，因此允许修订号变化的 name~version 更不易失效。',
  },
  how: {
    en: 'Every package that apk add names has =, ~, < or > with a version behind it, or is a local .apk file. Names with a variable that nothing gives a value are left alone.',
    zh: 'apk add 写出的每个软件包都带有 =、~、< 或 > 及版本，或是本地 .apk 文件。变量没有取值的名称不作判断。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['DL3018'],
    links: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  },
  counterexample: {
    bad: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
    good: 'FROM alpine:3.22\nRUN apk add --no-cache curl~8.14\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every package of apk has a version.',
      zh: '用 apk 安装的软件包都写明了版本。',
    });
  },

  remedy() {
    return byHand({ en: 'Write name~version or name=version.', zh: '写作 name~version 或 name=version。' }, [
      'apk policy PACKAGE',
    ]);
  },
});

function places(dockerfile: Dockerfile) {
  return unpinnedInstalls(dockerfile, ['apk'], (name) => isDynamic(name) || /[=~<>]|\.apk$|^!/.test(name));
}
