import type { Answer } from '../model/answer.ts';
import type { JsonObject } from '../model/json.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import type { Severity } from '../model/severity.ts';
import type { Language } from '../model/text.ts';
import type { VulnerabilityWaiver } from '../model/vulnerability.ts';
import type { Waiver } from '../judge/waivers.ts';

/** What `plimsoll.yaml` may say; an option on the command line overrides it. */
export interface Configuration {
  readonly baseline?: string;
  readonly language?: Language;
  readonly failOn?: Severity;
  readonly skip?: readonly string[];
  /** Patterns in the form of `.gitignore`: files that `check` leaves out of folders. */
  readonly exclude?: readonly string[];
  /** The version that manifests are written for. */
  readonly kubernetesVersion?: KubernetesVersion;
  /** By control id. */
  readonly parameters?: Readonly<Record<string, JsonObject>>;
  readonly waivers?: readonly Waiver[];
  /** Those of `waivers` that name a vulnerability instead of a control. */
  readonly vulnerabilityWaivers?: readonly VulnerabilityWaiver[];
  /** At most one a control. */
  readonly answers?: readonly Answer[];
}
