import type { BuildArgument } from '../../model/image-step.ts';

/** The names and values of an ENV, ARG or LABEL: `A=b C="d e"`, with the quotes taken away; the form `ENV name value` has one name. */
export function pairsOf(text: string): readonly BuildArgument[] {
  const pairs = [...text.matchAll(/(?:^|\s)"?([A-Za-z_][\w.-]{0,100})"?=("[^"]*"|'[^']*'|\S*)/g)];
  if (pairs.length > 0) {
    return pairs.map(([, name = '', value = '']) => ({ name, value: value.replaceAll(/^["']|["']$/g, '') }));
  }
  const [, name, value] = /^([A-Za-z_]\w*)\s+(.*)$/s.exec(text) ?? [];
  return name === undefined ? [] : [{ name, value: value ?? '' }];
}
