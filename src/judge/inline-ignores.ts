import type { InlineIgnore } from '../model/inline-ignore.ts';
import type { Language } from '../model/text.ts';
import { locationOf } from './location.ts';
import type { Circumstances } from './judge.ts';
import { selectControls } from './selection.ts';

/** Finds the comment beside a failure that accepts it. */
export function acceptedBeside(
  ignores: readonly InlineIgnore[],
  language: Language,
): NonNullable<Circumstances['acceptedBeside']> {
  const byFile = Map.groupBy(ignores, ({ file }) => file);
  return (failure) => {
    const location = locationOf(failure);
    const beside = location?.file === undefined ? undefined : byFile.get(location.file);
    const line = beside && location?.line;
    if (line === undefined) return undefined;
    const ignore = beside?.find(
      ({ from, to, selectors }) =>
        from <= line && line <= to && selectors.some((each) => names(each, failure.control.id)),
    );
    return ignore && { control: failure.control.id, subject: failure.subject.id, reason: ignore.reason[language] };
  };
}

const known = new Map<string, ReadonlySet<string>>();

function names(selector: string, id: string): boolean {
  const ids = known.get(selector) ?? new Set(selectControls(selector).map((control) => control.id));
  known.set(selector, ids);
  return ids.has(id);
}

/** Comments in our own notation that name no control. */
export function misspelt(
  ignores: readonly InlineIgnore[],
): { readonly ignore: InlineIgnore; readonly selector: string }[] {
  return ignores
    .filter(({ notation }) => notation === 'plimsoll')
    .flatMap((ignore) =>
      ignore.selectors
        .filter((selector) => selectControls(selector).length === 0)
        .map((selector) => ({ ignore, selector })),
    );
}
