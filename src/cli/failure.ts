import { CommanderError } from 'commander';
import { PlimsollError } from '../model/error.ts';
import type { Language, Text } from '../model/text.ts';
import type { FileProblem } from '../sources/files/written-file.ts';
import { visible } from '../report/visible.ts';

const failureWords = {
  error: { en: 'error: ', zh: '错误：' },
  notice: { en: 'notice: ', zh: '注意：' },
  joint: { en: '; ', zh: '；' },
  hint: { en: 'hint: ', zh: '提示：' },
  unexpected: {
    en: 'this is a fault of Plimsoll itself; please report it, with the command that led here',
    zh: '这是 Plimsoll 自身的错误，请附上所用命令向项目报告',
  },
} satisfies Record<string, Text>;

/** An error as a user should see it: what is wrong, and what to do. Never a stack. */
export function describeFailure(error: unknown, language: Language): string {
  const label = failureWords.error[language];
  if (error instanceof PlimsollError) {
    const advice = error.advice ? `\n${failureWords.hint[language]}${visible(error.advice[language])}` : '';
    return `${label}${visible(error.text[language])}${advice}\n`;
  }
  if (error instanceof CommanderError) return `${label}${describeUsage(error, language)}\n`;
  return `${label}${visible((error as Error).message)} (${failureWords.unexpected[language]})\n`;
}

/** What is wrong with files, one line each, with the place first, as compilers say it. */
export function describeProblems(problems: readonly FileProblem[], language: Language): string {
  return problems
    .map(({ file, line, column, kind, reason, need }) => {
      const place = [file, line, line === undefined ? undefined : column]
        .filter((part) => part !== undefined)
        .join(':');
      const label = kind === 'error' ? failureWords.error[language] : failureWords.notice[language];
      return `${visible(`${place}: ${label}${reason[language]}${failureWords.joint[language]}${need[language]}`)}\n`;
    })
    .join('');
}

/** What is no error, and worth a line. */
export function describeNotices(notices: readonly Text[], language: Language): string {
  return notices.map((each) => `${failureWords.notice[language]}${visible(each[language])}\n`).join('');
}

/** commander speaks English; what it says is put into Chinese by the kind of the error. */
function describeUsage(error: CommanderError, language: Language): string {
  const message = visible(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
  if (language === 'en') return message;
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  const [, suggestion] = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(message) ?? [];
  const meant = suggestion ? `（您是否想输入 ${suggestion}？）` : '';
  const translations: Readonly<Record<string, string>> = {
    'commander.unknownOption': `未知选项 ${quoted}${meant}`,
    'commander.unknownCommand': `未知命令 ${quoted}${meant}`,
    'commander.missingArgument': `缺少参数 ${quoted}`,
    'commander.optionMissingArgument': `选项 ${quoted} 缺少值`,
    'commander.invalidArgument': `选项 ${quoted} 的值无效：${message.replace(/^.*?is invalid\. /, '').replace(/ \(Did you mean .*$/, meant)}`,
    'commander.excessArguments': '参数过多',
  };
  return translations[error.code] ?? message;
}
