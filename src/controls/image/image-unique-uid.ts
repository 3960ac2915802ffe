import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

export const imageUniqueUid = defineControl({
  id: 'image-unique-uid',
  subject: 'image',
  severity: {
    usual: 'medium',
    note: { en: 'High where a second account is root.', zh: '存在第二个 root 账户时为高。' },
    of: ({ contents }) => (notableFiles(contents, ['second-root']).length > 0 ? 'high' : 'medium'),
  },
  looksAt: 'contents',
  title: { en: 'Every account and group of the image has a number of its own', zh: '镜像中每个账户和组都有唯一的编号' },
  why: {
    en: "The kernel only knows numbers: accounts that share one own each other's files, and a second account with the number 0 is a root that nobody looks for.",
    zh: '内核只认编号：共用编号的账户可互相读写文件，而编号为 0 的第二个账户就是无人留意的 root。',
  },
  how: {
    en: 'Reads the numbers of /etc/passwd and /etc/group. Two names with the same number fail, and so does every account with the number 0 but root.',
    zh: '读取 /etc/passwd 与 /etc/group 中的编号。两个名称共用编号，或除 root 外编号为 0 的账户，判为未通过。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DKL-LI-0002'],
    links: ['https://man7.org/linux/man-pages/man5/passwd.5.html'],
  },
  parameters: {
    accepted: acceptedPaths({
      en: 'Names of accounts that may be root too, and paths of files that are not asked.',
      zh: '允许同为 root 的账户名，以及不检查的文件路径。',
    }),
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'second-root', path: '/etc/passwd', detail: 'toor' }) },

  judge(image, { parameters: { accepted } }) {
    const found = notableFiles(image.contents, ['second-root', 'duplicate-id'], accepted).filter(
      ({ detail }) => !accepted.includes(detail),
    );
    return judgeFiles(image, {
      found,
      fails: () => {
        const said = listed(
          found.map(({ kind, detail }) =>
            kind === 'second-root' ? { en: `${detail} is root`, zh: `${detail} 就是 root` } : detail,
          ),
        );
        return { en: `Accounts are not told apart: ${said.en}.`, zh: `账户编号不唯一：${said.zh}。` };
      },
      passes: { en: 'Every account and group has a number of its own.', zh: '每个账户和组的编号都唯一。' },
      places: ['/etc/passwd', '/etc/group'],
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Give each account a number of its own, and remove every account with the number 0 but root.',
        zh: '为每个账户分配唯一编号，并删除除 root 外编号为 0 的账户。',
      },
      [],
      'rebuild',
    );
  },
});
