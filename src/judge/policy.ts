import type { Baseline } from '../baselines/baseline.ts';
import { baselines } from '../baselines/index.ts';
import { knownControls } from '../controls/known.ts';
import type { Answer } from '../model/answer.ts';
import type { Control } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import { matchesGlob } from '../model/glob.ts';
import type { JsonObject } from '../model/json.ts';
import type { Severity } from '../model/severity.ts';
import type { VulnerabilityWaiver } from '../model/vulnerability.ts';
import { nearest } from './nearest.ts';
import { requireControls } from './selection.ts';
import type { Waiver } from './waivers.ts';

/** What a user asked to be judged, and how. */
export interface PolicyRequest {
  readonly baseline?: string;
  /** Selectors: only these, from all controls or from the baseline named. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Only findings at least as severe. */
  readonly severity?: Severity;
  /** By control id. */
  readonly parameters?: Readonly<Record<string, JsonObject>>;
  readonly waivers?: readonly Waiver[];
  readonly vulnerabilityWaivers?: readonly VulnerabilityWaiver[];
  readonly answers?: readonly Answer[];
}

export interface Policy {
  readonly baseline: Baseline;
  readonly controls: readonly Control[];
  readonly severity: Severity;
  parametersOf(control: Control): JsonObject;
  readonly waivers: readonly Waiver[];
  readonly vulnerabilityWaivers: readonly VulnerabilityWaiver[];
  readonly answers: readonly Answer[];
}

/** Resolves names to controls. Throws a PlimsollError for a name that means nothing. */
export function resolvePolicy(request: PolicyRequest): Policy {
  const baseline = requireBaseline(request.baseline ?? 'default');
  const { framework } = baseline;
  const isChosen = includes(baseline.controls);
  const isLeftOut = includes(baseline.without ?? []);
  const inBaseline = (control: Control) =>
    (framework === undefined || control.references[framework] !== undefined) &&
    isChosen(control.id) &&
    !isLeftOut(control.id);
  const only = new Set((request.only ?? []).flatMap((selector) => requireControls(selector, '--control')));
  const skipped = new Set((request.skip ?? []).flatMap((selector) => requireControls(selector, '--skip')));
  const parameters = new Map<Control, JsonObject>();
  return {
    baseline,
    controls: knownControls().filter(
      (control) => (only.size > 0 ? only.has(control) : inBaseline(control)) && !skipped.has(control),
    ),
    severity: request.severity ?? 'info',
    waivers: request.waivers ?? [],
    vulnerabilityWaivers: request.vulnerabilityWaivers ?? [],
    answers: request.answers ?? [],
    parametersOf(control) {
      const known = parameters.get(control);
      if (known) return known;
      const defaults = Object.entries(control.parameters ?? {}).map(([name, each]) => [name, each.default]);
      const values = {
        ...Object.fromEntries(defaults),
        ...baseline.parameters?.[control.id],
        ...request.parameters?.[control.id],
      };
      parameters.set(control, values);
      return values;
    },
  };
}

/** Whether an id is one of these, or one of the globs among them stands for it. Most are ids. */
function includes(patterns: readonly string[]): (id: string) => boolean {
  const ids = new Set(patterns);
  const globs = patterns.filter((pattern) => /[*?]/.test(pattern));
  return (id) => ids.has(id) || globs.some((glob) => matchesGlob(glob, id));
}

export function requireBaseline(name: string): Baseline {
  const found = baselines.find((baseline) => baseline.name === name);
  if (found) return found;
  const names = baselines.map((baseline) => baseline.name);
  const suggestion = nearest(name, names);
  throw new PlimsollError(
    'usage',
    { en: `there is no baseline "${name}"`, zh: `没有名为“${name}”的基线` },
    {
      en: `${suggestion ? `Did you mean ${suggestion}? ` : ''}There are: ${names.join(', ')}.`,
      zh: `${suggestion ? `您是否想输入 ${suggestion}？` : ''}可用的基线：${names.join('、')}。`,
    },
  );
}
