import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

export const imageNoEmptyPassword = defineControl({
  id: 'image-no-empty-password',
  subject: 'image',
  severity: 'critical',
  looksAt: 'contents',
  title: { en: 'No account of the image has an empty password', zh: '镜像中没有密码为空的账户' },
  why: {
    en: 'Any process in the container becomes that account without being asked for anything, root among them: su is enough.',
    zh: '容器内的任何进程都能不经询问切换到该账户，root 也不例外，只需 su。',
  },
  how: {
    en: 'Reads the password of every account in /etc/passwd and /etc/shadow. Nothing at all fails; *, ! and the like let nobody in and pass.',
    zh: '读取 /etc/passwd 与 /etc/shadow 中每个账户的密码字段。为空判为未通过；*、! 等表示不可登录，通过。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DKL-LI-0001'],
    links: ['https://man7.org/linux/man-pages/man5/shadow.5.html'],
  },
  parameters: {
    accepted: acceptedPaths({
      en: 'Paths of files that are not asked, with stars.',
      zh: '不检查的文件路径，可用星号。',
    }),
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'empty-password', path: '/etc/shadow', detail: 'root' }) },

  judge(image, { parameters: { accepted } }) {
    return judgeFiles(image, {
      found: notableFiles(image.contents, ['empty-password'], accepted),
      fails: (found) => {
        const { en, zh } = listed([...new Set(found.map(({ detail }) => detail))]);
        return { en: `Anybody may become ${en}: the password is empty.`, zh: `任何人都可成为 ${zh}：密码为空。` };
      },
      passes: { en: 'No account has an empty password.', zh: '没有密码为空的账户。' },
      places: ['/etc/passwd', '/etc/shadow'],
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Lock the account in the Dockerfile; a container needs no passwords.',
        zh: '在 Dockerfile 中锁定该账户；容器不需要密码。',
      },
      ['RUN passwd -l root'],
      'rebuild',
    );
  },
});
