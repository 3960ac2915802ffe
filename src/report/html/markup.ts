const written: unique symbol = Symbol('markup');

/** HTML that was written by a template of ours. Data cannot pass for it: the key is not a string. */
export interface Markup {
  readonly [written]: string;
}

type Part = Markup | string | number | false | null | undefined | readonly Part[];

/** A template whose parts are escaped unless they are markup themselves. Attributes must be in double quotes. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return trusted(String.raw({ raw: strings }, ...parts.map(textOf)));
}

/** Text of ours that is not to be escaped: the style and the script. Never data. */
export function trusted(text: string): Markup {
  return { [written]: text };
}

export function textOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return written in part ? part[written] : part.map(textOf).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are no HTML; a carriage return would come back as a line feed. */
function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => entities[character] as string);
}
