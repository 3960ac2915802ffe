import { existsSync } from 'node:fs';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Fact, mapFact } from '../../model/fact.ts';

const settingsThatNameFiles = ['tlscacert', 'tlscert', 'tlskey', 'seccomp-profile'];

/** Whether the files that the engine's settings name are there. */
export function readReferencedFiles(
  engine: Pick<EngineFacts, 'process' | 'configuration'>,
): Fact<Readonly<Record<string, boolean>>> {
  const files: Record<string, boolean> = {};
  for (const key of settingsThatNameFiles) {
    const setting = daemonSetting(engine, key);
    if (!setting.known) return { ...setting, path: settingsThatNameFiles.join(', ') };
    const { value } = setting;
    if (typeof value === 'string' && value.startsWith('/')) files[value] = existsSync(value);
  }
  return mapFact(engine.configuration, () => files);
}
