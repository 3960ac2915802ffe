import type { Text } from '../../model/text.ts';
import { type MendableFinding, placeOf } from './mendable.ts';

export const byPerson: Text = { en: 'only a person can decide it', zh: '需由人决定' };
export const acceptedThere: Text = {
  en: 'the change would undo what a comment or a waiver accepts',
  zh: '修改会改动注释或豁免已接受的内容',
};
export const notProven: Text = {
  en: 'the change would not have made it pass, or would have broken another rule',
  zh: '修改后仍不能通过，或会违反其他规则',
};

/** Why there is nothing to edit. */
export function reasonFor(finding: MendableFinding, file: string): Text {
  const place = placeOf(finding);
  if (place?.file !== undefined && place.file !== file) {
    return { en: `it is written in ${place.file}`, zh: `它写在 ${place.file} 中` };
  }
  const { subject } = finding;
  if (subject.kind === 'container' && subject.value.dialect === 'docker-run' && !subject.value.origin?.span) {
    return {
      en: 'the command is not written here as a shell reads it',
      zh: '此处的命令并非 shell 直接读到的写法',
    };
  }
  return { en: 'there is no place in the file where it could be changed', zh: '文件中没有可以修改的位置' };
}
