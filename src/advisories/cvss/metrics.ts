/** What a metric's values weigh: `{ N: 0.85, A: 0.62 }`. */
export type Weights = Readonly<Record<string, number>>;

export interface MetricTable<Name extends string> {
  /** Metrics of the base score, each of which a vector must have. */
  readonly base: Readonly<Record<Name, Weights>>;
  /** Values of the other metrics, which a vector may have: they have no part in the base score. */
  readonly other: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What the base metrics of a vector weigh. Metrics may stand in any order: some specifications ask for one, but none gives it a meaning.
 *
 * @param written without what stands before the first metric: `AV:N/AC:L/…`
 * @returns `undefined` where a metric or a value is not in the table, one comes twice, or one of the base is missing
 */
export function readMetrics<Name extends string>(
  written: string,
  table: MetricTable<Name>,
): Readonly<Record<Name, number>> | undefined {
  const base = new Map<string, Weights>(Object.entries(table.base));
  const weights = new Map<string, number>();
  const seen = new Set<string>();
  for (const metric of written.split('/')) {
    const colon = metric.indexOf(':');
    const name = metric.slice(0, Math.max(colon, 0));
    const value = metric.slice(colon + 1);
    if (seen.has(name)) return undefined;
    seen.add(name);
    const values = base.get(name);
    if (!values) {
      if (!table.other.get(name)?.has(value)) return undefined;
    } else {
      const weight = Object.hasOwn(values, value) ? values[value] : undefined;
      if (weight === undefined) return undefined;
      weights.set(name, weight);
    }
  }
  if (weights.size < base.size) return undefined;
  return Object.fromEntries(weights) as Record<Name, number>;
}

/** A table in which each metric's values stand in one text: `{ RC: 'UC UR C ND' }`. */
export function otherMetrics(values: Readonly<Record<string, string>>): MetricTable<never>['other'] {
  return new Map(Object.entries(values).map(([name, each]) => [name, new Set(each.split(' '))]));
}
