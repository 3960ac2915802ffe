import parseExpression from 'spdx-expression-parse';

/** What a licence is to SPDX: the id of one on its list, an expression of such, or only what somebody wrote. */
export type LicenceKind = 'id' | 'expression' | 'words';

/** Characters; nobody means an expression with more, and its parser calls itself for every bracket. */
const longestExpression = 1000;

const seen = new Map<string, LicenceKind>();

/**
 * Says which of them a text is. Stricter than the parser, which takes operators in lower case, or without a space after them, and
 * passes over what it does not know. References (`LicenseRef-…`) point to a text that is not in our document: they are words.
 */
export function licenceKind(text: string): LicenceKind {
  if (text.length > longestExpression) return 'words';
  const before = seen.get(text);
  if (before !== undefined) return before;
  const kind = kindOf(text);
  // As many as an image has; whoever invents more of them pays for it himself.
  if (seen.size < 10_000) seen.set(text, kind);
  return kind;
}

function kindOf(text: string): LicenceKind {
  if (!/^[A-Za-z\d.+() -]+$/.test(text)) return 'words';
  const words = text.split(/[ ()]+/).filter((word) => word !== '');
  if (words.some((word) => /^(?:and|or|with)/.test(word) || word.startsWith('LicenseRef-'))) return 'words';
  // An operator is a word of its own.
  if (words.some((word) => /^(?:AND|OR|WITH)./.test(word))) return 'words';
  try {
    const parsed = parseExpression(text);
    return 'license' in parsed && parsed.license === text ? 'id' : 'expression';
  } catch {
    return 'words';
  }
}
