import type { Language } from '../model/text.ts';

/** A comment that says what to leave out; `#` starts one in a shell and in YAML alike. */
export function withoutLine(what: string, language: Language, mark = '#'): string {
  return language === 'zh' ? `${mark} 去掉：${what}` : `${mark} without: ${what}`;
}
