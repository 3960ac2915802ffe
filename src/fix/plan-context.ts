import { realpathSync } from 'node:fs';
import type { Machine } from '../model/control.ts';
import type { EngineControl } from './engine-control.ts';
import type { PlanContext } from './planning.ts';
import { readCgroupMounts, readCgroupUsage } from '../sources/host/cgroup.ts';
import { readIfPossible } from '../sources/host/file.ts';
import { systemProgram } from '../sources/host/system-program.ts';
import { ownContainers } from './own-container.ts';
import { validateWithEngine } from './validate-daemon-json.ts';
import { readContent } from './steps/file.ts';

/** What planning may look at on the machine that this process runs on. */
export function planContext(machine: Machine, engine: EngineControl, allowRemoval: boolean): PlanContext {
  const dockerd = systemProgram('dockerd');
  const cgroups = readCgroupMounts();
  return {
    machine,
    file: readContent,
    realPath,
    engine: engine.get,
    usage: (pid) => readCgroupUsage(readIfPossible(`/proc/${pid}/cgroup`) ?? '', cgroups),
    ...(dockerd ? { validate: (text) => validateWithEngine(dockerd, text) } : {}),
    allowRemoval,
    ownContainers: ownContainers(),
    now: new Date(),
  };
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
