import { expect, test } from 'vitest';
import { detectLanguage } from './language.ts';

test.each<[string, string[], Record<string, string>, 'en' | 'zh']>([
  ['nothing', [], {}, 'en'],
  ['LANG', [], { LANG: 'zh_CN.UTF-8' }, 'zh'],
  ['LC_MESSAGES before LANG', [], { LC_MESSAGES: 'zh_TW', LANG: 'en_GB' }, 'zh'],
  ['LC_ALL before both', [], { LC_ALL: 'C', LC_MESSAGES: 'zh_TW', LANG: 'zh_CN.UTF-8' }, 'en'],
  ['variables that are empty', [], { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN' }, 'zh'],
  ['another locale', [], { LANG: 'de_DE.UTF-8' }, 'en'],
  ['any spelling of Chinese', [], { LANG: 'ZH-Hans' }, 'zh'],
  ['--lang before the locale', ['audit', '--lang', 'en'], { LC_ALL: 'zh_CN' }, 'en'],
  ['--lang=', ['--lang=zh', 'audit'], {}, 'zh'],
  ['the last of two', ['--lang', 'zh', 'audit', '--lang', 'en'], {}, 'en'],
  ['a language that is not spoken', ['--lang', 'fr'], { LANG: 'zh_CN' }, 'en'],
  ['--lang without a word', ['--lang'], { LANG: 'zh_CN' }, 'en'],
])('%s', (_, words, environment, language) => {
  expect(detectLanguage(words, environment)).toBe(language);
});
