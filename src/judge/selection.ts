import { knownControls } from '../controls/known.ts';
import type { Control } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import { matchesGlob } from '../model/glob.ts';
import { nearest } from './nearest.ts';

/**
 * The controls that a selector names: an id (`container-pids-limit`), a glob (`container-*`), or an alias: a
 * number of the CIS Docker Benchmark (`5.4`), a number with its framework (`cis-docker:5.4`,
 * `cis-kubernetes:5.2.2`) or another tool's id (`KSV-0017`). Empty when it names none.
 */
export function selectControls(selector: string): readonly Control[] {
  const wanted = selector.trim();
  const controls = knownControls();
  const exact = controls.filter(({ id }) => id === wanted);
  if (exact.length > 0) return exact;
  const aliased = controls.filter((control) => aliasesOf(control).has(wanted.toLowerCase()));
  if (aliased.length > 0) return aliased;
  return /[*?]/.test(wanted) ? controls.filter(({ id }) => matchesGlob(wanted, id)) : [];
}

function aliasesOf({ references }: Control): Set<string> {
  const { cisDocker = [], cisKubernetes = [], aliases = [] } = references;
  return new Set(
    [
      ...cisDocker.flatMap((number) => [number, `cis-${number}`, `cis-docker:${number}`]),
      ...cisKubernetes.map((number) => `cis-kubernetes:${number}`),
      ...aliases,
    ].map((alias) => alias.toLowerCase()),
  );
}

/** The same, or an error that names the nearest selector that would have worked. `origin` is where it was written. */
export function requireControls(selector: string, origin: string): readonly Control[] {
  const selected = selectControls(selector);
  if (selected.length > 0) return selected;
  const controls = knownControls();
  const suggestion = nearest(selector, [
    ...controls.map(({ id }) => id),
    ...controls.flatMap(({ references }) => (references.cisDocker ?? []).concat(references.aliases ?? [])),
  ]);
  throw new PlimsollError(
    'usage',
    { en: `${origin}: no control is called "${selector}"`, zh: `${origin}：没有名为“${selector}”的检查项` },
    {
      en: `${suggestion ? `Did you mean ${suggestion}? ` : ''}\`plimsoll controls\` lists them all.`,
      zh: `${suggestion ? `您是否想输入 ${suggestion}？` : ''}用 \`plimsoll controls\` 查看全部。`,
    },
  );
}
