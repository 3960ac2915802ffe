import { type Language, languages } from '../model/text.ts';

/** The language to speak before the options are parsed: `--lang`, else the locale, else English. */
export function detectLanguage(
  argumentsList: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const given = argumentsList.flatMap((argument, index) => {
    if (argument === '--lang') return [argumentsList[index + 1] ?? ''];
    return argument.startsWith('--lang=') ? [argument.slice('--lang='.length)] : [];
  });
  const wanted = given.at(-1) ?? localeLanguage(environment);
  return languages.find((language) => language === wanted) ?? 'en';
}

/** POSIX: `LC_ALL` outranks `LC_MESSAGES`, which outranks `LANG`; `zh_CN.UTF-8` begins with the language. */
export function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>): Language {
  const locale = LC_ALL || LC_MESSAGES || LANG || '';
  return /^zh/i.test(locale) ? 'zh' : 'en';
}
