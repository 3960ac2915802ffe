import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Fact, known } from '../../model/fact.ts';
import { securityOption } from './security-option.ts';

/** Whether no_new_privs would be set, by the container's specification or else by the engine's default. */
export function declaredNoNewPrivileges(container: ContainerSpec, machine: Machine | undefined): Fact<boolean> {
  const declared = container.security.noNewPrivileges;
  if (declared === undefined && machine) return engineDefault(machine.engine);
  const { source, path } = container.locate('security.noNewPrivileges');
  return known(declared ?? false, source, path);
}

function engineDefault(engine: EngineFacts): Fact<boolean> {
  const option = securityOption(engine, 'no-new-privileges');
  if (option.known && (option.value !== undefined || listsTheOption(engine))) {
    return { ...option, value: option.value !== undefined };
  }
  // Older engines do not list it: what they were told is all that is known.
  const setting = daemonSetting(engine, 'no-new-privileges');
  return setting.known ? { ...setting, value: setting.value === true } : setting;
}

/** Docker lists its default in `GET /info` since version 24. */
function listsTheOption({ kind, version }: EngineFacts): boolean {
  return kind === 'docker' && version.known && Number.parseInt(version.value.version, 10) >= 24;
}
