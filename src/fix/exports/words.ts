import type { Language, Text } from '../../model/text.ts';

/** What stands above an export. */
export function headComments(form: 'shell' | 'ansible', language: Language): string[] {
  return [made, forThisHost, ...(form === 'shell' ? [backups] : [inventory]), notWritten].map(
    (text) => `# ${text[language]}`,
  );
}

/** What was there: `before: 0666 0:0`. */
export function beforeText(text: string, language: Language): string {
  return `${{ en: 'before: ', zh: '原为：' }[language]}${text}`;
}

const made: Text = { en: 'Made by plimsoll fix --export.', zh: '由 plimsoll fix --export 生成。' };
const forThisHost: Text = {
  en: 'It is a plan for one host, as it was then: it puts whole files in place. Read it first.',
  zh: '此计划针对生成时的一台主机，会整体替换文件。请先阅读。',
};
const backups: Text = {
  en: 'Every file that it replaces is kept in $PLIMSOLL_BACKUP (by default below /var/backups).',
  zh: '被替换的文件保存在 $PLIMSOLL_BACKUP（默认位于 /var/backups 下）。',
};
const inventory: Text = {
  en: 'Which host it is for: --extra-vars target=NAME. Ansible keeps a copy of every file that it replaces beside it.',
  zh: '目标主机：--extra-vars target=名称。Ansible 会在原处保留被替换文件的副本。',
};
const notWritten: Text = {
  en: 'Unlike plimsoll fix --apply it proves nothing afterwards, and takes nothing back by itself.',
  zh: '与 plimsoll fix --apply 不同，它不会在之后验证，也不会自动撤回。',
};

export const notUtf8: Text = {
  en: 'a file of it is no UTF-8 text, which Ansible cannot write: use --export shell, or plimsoll fix --apply',
  zh: '其中的文件不是 UTF-8 文本，Ansible 无法写入：请使用 --export shell 或 plimsoll fix --apply',
};
