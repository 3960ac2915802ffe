import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

export const imageNoWorldWritable = defineControl({
  id: 'image-no-world-writable',
  subject: 'image',
  severity: 'medium',
  looksAt: 'contents',
  title: { en: 'No file or folder of the image may be changed by anybody', zh: '镜像中没有任何人可改写的文件或文件夹' },
  why: {
    en: 'Whoever breaks into a service as its own user can put something else in place of such a file, and root runs or reads it the next time.',
    zh: '以服务自身用户身份入侵的人可以替换此类文件，等 root 下次运行或读取时即被利用。',
  },
  how: {
    en: 'Looks for the write bit of all others on files, and on folders without the sticky bit, which /tmp has. Links, devices and sockets do not count. Paths can be accepted.',
    zh: '检查其他用户的写权限位：文件，以及没有粘滞位（/tmp 具有）的文件夹。链接、设备和套接字不计。可以按路径放行。',
  },
  references: { nist800190: ['4.1.2'], links: ['https://man7.org/linux/man-pages/man7/inode.7.html'] },
  parameters: {
    accepted: acceptedPaths({ en: 'Paths of files that may be so, with stars.', zh: '允许的文件路径，可用星号。' }),
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'world-writable', path: '/srv/data', detail: '0o777' }) },

  judge(image, { parameters: { accepted } }) {
    return judgeFiles(image, {
      found: notableFiles(image.contents, ['world-writable'], accepted),
      fails: (found) => {
        const { en, zh } = listed(found.map(({ path }) => path));
        return { en: `Anybody may change ${en}.`, zh: `任何人都可改写 ${zh}。` };
      },
      passes: { en: 'Nothing in it may be changed by anybody.', zh: '没有任何人可改写的内容。' },
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Give each file to the user that writes to it, and take the right away from the others.',
        zh: '把文件交给需要写入的用户，并去掉其他用户的写权限。',
      },
      ['RUN chown -R 10001 /srv/data && chmod -R o-w /srv/data'],
      'rebuild',
    );
  },
});
