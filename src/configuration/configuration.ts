import type { JsonObject } from '../model/json.ts';
import type { Severity } from '../model/severity.ts';
import type { Language } from '../model/text.ts';
import type { Waiver } from '../judge/waivers.ts';

/** What `plimsoll.yaml` may say; an option on the command line overrides it. */
export interface Configuration {
  readonly baseline?: string;
  readonly language?: Language;
  readonly failOn?: Severity;
  readonly skip?: readonly string[];
  /** By control id. */
  readonly parameters?: Readonly<Record<string, JsonObject>>;
  readonly waivers?: readonly Waiver[];
}
