import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

export const imageNoSuid = defineControl({
  id: 'image-no-suid',
  subject: 'image',
  severity: 'medium',
  looksAt: 'contents',
  title: {
    en: 'No program in the image runs with rights that its caller does not have',
    zh: '镜像中没有可让调用者获得额外权限的程序',
  },
  why: {
    en: 'A flaw in a setuid program, or a missing check in it, makes root of whoever broke into the service. Services need none of them.',
    zh: 'setuid 程序一旦存在缺陷或检查疏漏，攻破服务的人就能借此成为 root；而服务本身并不需要它们。',
  },
  how: {
    en: 'Looks at every file for the setuid bit, for the setgid bit on what its group may run, and for file capabilities. Those that distributions bring, such as su and mount, count as well: nobody needs them in a container. Paths can be accepted.',
    zh: '检查每个文件的 setuid 位、组可执行文件的 setgid 位以及文件能力。发行版自带的 su、mount 等同样计入，因为容器中用不到；可以按路径放行。',
  },
  references: {
    cisDocker: ['4.8'],
    nist800190: ['4.1.2'],
    aliases: ['CIS-DI-0008'],
    links: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  },
  parameters: {
    accepted: acceptedPaths({
      en: 'Paths of programs that may have such rights, with stars: /usr/bin/ping.',
      zh: '允许具有此类权限的程序路径，可用星号，例如 /usr/bin/ping。',
    }),
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'setuid', path: '/usr/bin/su', detail: '0o4755 root' }) },

  judge(image, { parameters: { accepted } }) {
    return judgeFiles(image, {
      found: notableFiles(image.contents, ['setuid', 'setgid', 'file-capability'], accepted),
      fails: (found) => {
        const { en, zh } = listed(found.map(({ path }) => path));
        return {
          en: `Programs lend their rights to whoever starts them: ${en}.`,
          zh: `以下程序会把自身权限借给调用者：${zh}。`,
        };
      },
      passes: { en: 'No program lends its rights to whoever starts it.', zh: '没有会把自身权限借给调用者的程序。' },
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Take the bits and capabilities away in the step that installs the programs, or leave the programs out. Starting containers with no-new-privileges makes them harmless until then.',
        zh: '在安装这些程序的同一步骤中去掉特权位与文件能力，或不安装这些程序。在此之前，可用 no-new-privileges 启动容器使其失效。',
      },
      ['RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} +', 'docker run --security-opt no-new-privileges …'],
      'rebuild',
    );
  },
});
