import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

export const imageSudoRules = defineControl({
  id: 'image-sudo-rules',
  subject: 'image',
  severity: {
    usual: 'medium',
    note: { en: 'High where no password is asked for.', zh: '无需密码时为高。' },
    of: ({ contents }) =>
      notableFiles(contents, ['sudo-rule']).some(({ detail }) => detail.includes(': NOPASSWD')) ? 'high' : 'medium',
  },
  looksAt: 'contents',
  title: {
    en: 'Nobody in the image may become root by sudo or doas',
    zh: '镜像中没有可通过 sudo 或 doas 成为 root 的用户',
  },
  why: {
    en: 'A service that may call sudo is root to whoever breaks into it, and its user other than root is only for show.',
    zh: '服务若能调用 sudo，攻破它的人就等于 root，所谓非 root 用户形同虚设。',
  },
  how: {
    en: 'Reads /etc/sudoers, /etc/sudoers.d and the rules of doas. Every rule without a password fails, and every one beyond those that distributions bring for root and for the groups sudo, wheel and admin.',
    zh: '读取 /etc/sudoers、/etc/sudoers.d 与 doas 的规则。无需密码的规则，以及发行版为 root 和 sudo、wheel、admin 组自带的规则之外的规则，均判为未通过。',
  },
  references: { nist800190: ['4.1.2'], links: ['https://man7.org/linux/man-pages/man5/sudoers.5.html'] },
  parameters: {
    accepted: acceptedPaths({
      en: 'Paths of files whose rules are accepted, with stars.',
      zh: '可接受其规则的文件路径，可用星号。',
    }),
  },
  appliesTo: hasFiles,
  counterexample: {
    contents: contentsWith({ kind: 'sudo-rule', path: '/etc/sudoers.d/app', detail: 'app: NOPASSWD ALL' }),
  },

  judge(image, { parameters: { accepted } }) {
    return judgeFiles(image, {
      found: notableFiles(image.contents, ['sudo-rule'], accepted),
      fails: (found) => {
        const { en, zh } = listed(found.map(({ detail }) => detail));
        return { en: `Rules let users become others: ${en}.`, zh: `有规则允许用户切换身份：${zh}。` };
      },
      passes: { en: 'No rule lets anybody become root.', zh: '没有允许成为 root 的规则。' },
      places: ['/etc/sudoers', '/etc/sudoers.d/', '/etc/doas.conf', '/etc/doas.d/'],
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Take the rule out, and sudo with it: let the Dockerfile do as root what needs root, before its USER.',
        zh: '删除该规则并移除 sudo：需要 root 的操作在 Dockerfile 的 USER 之前完成。',
      },
      [],
      'rebuild',
    );
  },
});
