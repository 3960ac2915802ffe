import type { JsonObject } from '../model/json.ts';
import type { Text } from '../model/text.ts';

/** A chosen set of controls with their parameters. */
export interface Baseline {
  readonly name: string;
  readonly description: Text;
  /** Ids or globs of ids. */
  readonly controls: readonly string[];
  /** Of those only the ones that answer a question of this framework. */
  readonly framework?: 'cisDocker';
  /** Ids or globs that are left out of `controls`. */
  readonly without?: readonly string[];
  /** By control id, parameters that differ from the control's own defaults. */
  readonly parameters?: Readonly<Record<string, JsonObject>>;
}
