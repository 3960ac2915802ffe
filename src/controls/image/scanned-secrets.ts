import type { Evidence } from '../../model/fact.ts';
import type { FoundSecret, ImageContents } from '../../model/image-contents.ts';
import { reaches } from '../../model/severity.ts';
import type { Text } from '../../model/text.ts';
import { inspected, stepEvidence } from './names-of-image.ts';

/** A secret in what an image says of itself. */
export interface FoundInConfiguration {
  readonly words: Text;
  /** Of the variable, the label or the argument. */
  readonly name: string;
  readonly evidence: Evidence;
  readonly field: string;
}

/** What the rules of a scan found in an image's own words, and is not among what was `told` already. Mild findings are words for tests and for show. */
export function scannedSecrets(
  contents: ImageContents | undefined,
  told: readonly FoundInConfiguration[],
): FoundInConfiguration[] {
  const names = new Set(told.map(({ name }) => name));
  const places = new Set(told.map(placeOf));
  const found = new Map<string, FoundInConfiguration>();
  for (const secret of contents?.secrets ?? []) {
    const one = reaches(secret.severity, 'medium') ? asFound(secret) : undefined;
    if (one && !places.has(placeOf(one)) && !(isNamed(secret) && names.has(one.name))) {
      found.set(JSON.stringify([one.words, one.evidence]), one);
    }
  }
  return [...found.values()];
}

/** A step, a variable, or a part of the configuration in which nothing has a name. */
function placeOf({ name, evidence, field }: FoundInConfiguration): string {
  if (field === 'history') return evidence.path;
  if (field === 'configuration.environment' || field === 'configuration.labels') return `${field} ${name}`;
  return field === 'configuration.entrypoint' ? 'configuration.command' : field;
}

function isNamed({ place }: FoundSecret): boolean {
  return 'name' in place;
}

function asFound({ rule, masked, place }: FoundSecret): FoundInConfiguration | undefined {
  if (place.kind === 'file') return undefined;
  const value = `${rule} ${masked}`;
  switch (place.kind) {
    case 'history':
      return {
        words: { en: `step ${place.step + 1} (${rule})`, zh: `第 ${place.step + 1} 步（${rule}）` },
        name: rule,
        evidence: stepEvidence(place.step, value),
        field: 'history',
      };
    case 'environment':
      return named('variable', '变量', place.name, inspected('Config.Env', `${place.name} (${value})`), 'environment');
    case 'label':
      return named('label', '标签', place.name, inspected('Config.Labels', `${place.name} (${value})`), 'labels');
    case 'build-argument':
      return {
        words: { en: `build argument ${place.name}`, zh: `构建参数 ${place.name}` },
        name: place.name,
        evidence: { source: 'engine-api', path: 'GET /images/ID/history', value: `${place.name} (${value})` },
        field: 'history',
      };
    case 'command':
      return named('command', '命令', `(${rule})`, inspected('Config.Entrypoint Config.Cmd', value), 'command');
    default:
      return named('health check', '健康检查', `(${rule})`, inspected('Config.Healthcheck', value), 'healthCheck');
  }
}

function named(en: string, zh: string, name: string, evidence: Evidence, part: string): FoundInConfiguration {
  return {
    words: { en: `${en} ${name}`, zh: `${zh} ${name}` },
    name,
    evidence,
    field: `configuration.${part}`,
  };
}
