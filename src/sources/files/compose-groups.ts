import { basename, dirname } from 'node:path';
import { isObject } from '../../model/json.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { valueOf } from '../../syntax/yaml-value.ts';
import type { KnownFile } from './collect.ts';
import type { WrittenFile } from './written-file.ts';

/** Compose files that make one project together. */
export interface ComposeGroup {
  readonly files: readonly WrittenFile[];
  /** The one that is judged; the others were judged by themselves and only complete it. Absent: all of them. */
  readonly judged?: string;
}

/**
 * Which Compose files belong together: in a folder, a file and its override are one project, as for
 * `docker compose up`; another variant (`compose.production.yaml`) completes the base where its own services are not
 * whole. Files that were named are each by themselves.
 */
export function composeGroups(files: readonly KnownFile[]): ComposeGroup[] {
  const named = files.filter(({ folder }) => folder === undefined).map(({ file }): ComposeGroup => ({ files: [file] }));
  const found = files.filter(({ folder }) => folder !== undefined).map(({ file }) => file);
  const folders = Map.groupBy(found, ({ name }) => dirname(name));
  return [...named, ...[...folders.values()].flatMap(groupsIn)];
}

function groupsIn(files: readonly WrittenFile[]): ComposeGroup[] {
  const bases = new Map(files.map((file) => [basename(file.name).replace(/\.(?:ya?ml|json)$/i, ''), file]));
  const baseOf = (file: WrittenFile) => {
    const [stem = '', variant] = basename(file.name)
      .replace(/\.(?:ya?ml|json)$/i, '')
      .split('.');
    return variant === undefined ? undefined : bases.get(stem);
  };
  return files.flatMap((file): ComposeGroup[] => {
    const base = baseOf(file);
    if (base && isOverride(file)) return [];
    if (base && !isWhole(file)) return [{ files: [base, file], judged: file.name }];
    const overrides = files.filter((each) => isOverride(each) && baseOf(each) === file);
    return [{ files: [file, ...overrides] }];
  });
}

function isOverride({ name }: WrittenFile): boolean {
  return /\.override\.(?:ya?ml|json)$/i.test(name);
}

/** Every service says what it runs. */
function isWhole(file: WrittenFile): boolean {
  const [document] = parseYaml(file.text);
  const value = document?.root && valueOf(document.root, '1.2');
  const services = isObject(value) && isObject(value.services) ? Object.values(value.services) : [];
  return services.every(
    (service) => isObject(service) && ['image', 'build', 'extends', 'provider'].some((key) => key in service),
  );
}
