import type { Text } from '../../model/text.ts';

/** Items for the middle of a sentence; of a long list the first few and the number of the others. */
export function listed(items: readonly (string | Text)[], most = 5): Text {
  const shown = items.slice(0, most).map((item) => (typeof item === 'string' ? { en: item, zh: item } : item));
  const more = items.length - shown.length;
  return {
    en: shown.map(({ en }) => en).join(', ') + (more > 0 ? ` and ${more} more` : ''),
    zh: shown.map(({ zh }) => zh).join('、') + (more > 0 ? ` 等 ${items.length} 项` : ''),
  };
}
