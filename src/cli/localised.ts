import type { Command } from 'commander';
import type { Language, Text } from '../model/text.ts';

const texts = {
  help: { en: 'show this help', zh: '显示帮助' },
  usage: { en: 'Usage:', zh: '用法：' },
  options: { en: 'Options:', zh: '选项：' },
  commands: { en: 'Commands:', zh: '命令：' },
  arguments: { en: 'Arguments:', zh: '参数：' },
} satisfies Record<string, Text>;

/** commander's own words in the user's language, and its errors thrown instead of printed. */
export function localised(command: Command, language: Language): Command {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': texts.usage[language],
    'Options:': texts.options[language],
    'Commands:': texts.commands[language],
    'Arguments:': texts.arguments[language],
  };
  return command
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .helpOption('-h, --help', texts.help[language])
    .helpCommand(false);
}
