/** The languages that every text for a user exists in. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** One text in every language. A missing translation does not compile. */
export type Text = Readonly<Record<Language, string>>;

/** A text that is the same in every language: a command, a path, a number. */
export function verbatim(value: string): Text {
  return { en: value, zh: value };
}

/** Joins texts with each language's own list separator. */
export function joinTexts(texts: readonly Text[]): Text {
  return {
    en: texts.map((each) => each.en).join('; '),
    zh: texts.map((each) => each.zh).join('；'),
  };
}
