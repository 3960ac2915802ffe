import type { FactSource } from './fact.ts';

/** Where a field of the model was written: a place in a file, or a field of an API. */
export interface Location {
  readonly source: FactSource;
  /** The field in the dialect's own words: `HostConfig.CapAdd[0]`, `services.web.cap_add[0]`. */
  readonly path: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1. */
  readonly column?: number;
}
