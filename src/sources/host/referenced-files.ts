import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Fact, mapFact } from '../../model/fact.ts';
import { readFileStatus } from './file-status.ts';

const settingsThatNameFiles = ['tlscacert', 'tlscert', 'tlskey'];

/** Whether the files that the engine's settings name are there; those that this user may not look at are left out. */
export function readReferencedFiles(
  engine: Pick<EngineFacts, 'process' | 'configuration'>,
): Fact<Readonly<Record<string, boolean>>> {
  const files: Record<string, boolean> = {};
  for (const key of settingsThatNameFiles) {
    const setting = daemonSetting(engine, key);
    if (!setting.known) return { ...setting, path: settingsThatNameFiles.join(', ') };
    const { value } = setting;
    if (typeof value !== 'string' || !value.startsWith('/')) continue;
    const isThere = existing(value);
    if (isThere !== undefined) files[value] = isThere;
  }
  return mapFact(engine.configuration, () => files);
}

/** `undefined` where it cannot be told: a folder of keys mostly is closed to others than root. */
function existing(path: string): boolean | undefined {
  try {
    return readFileStatus(path) !== undefined;
  } catch {
    return undefined;
  }
}
