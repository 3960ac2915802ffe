import type { JsonValue } from '../../../model/json.ts';

const form = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d{1,3}))?$/;

const units: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** An amount as the API writes it: `500m`, `1.5`, `256Mi`, `1e3`, or a plain number; undefined where it is none. */
export function quantityOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const [, digits, unit, exponent] = (typeof value === 'string' && form.exec(value)) || [];
  if (digits === undefined) return undefined;
  const factor = unit === undefined ? 10 ** Number(exponent ?? 0) : (units[unit] ?? 1);
  // Milliunits are divided, so that 100m is 0.1 to the last digit.
  return factor < 1 ? Number(digits) / Math.round(1 / factor) : Number(digits) * factor;
}
