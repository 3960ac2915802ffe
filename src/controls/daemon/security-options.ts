import type { EngineFacts, EngineInfo } from '../../model/engine.ts';
import { type Fact, known, mapFact } from '../../model/fact.ts';

/**
 * One entry of `SecurityOptions` in `GET /info`, by its name: `name=seccomp,profile=builtin` is
 * `{ name: 'seccomp', profile: 'builtin' }`.
 */
export function securityOption(info: EngineInfo, name: string): Readonly<Record<string, string>> | undefined {
  return info.securityOptions
    .map((entry) => Object.fromEntries(entry.split(',').map((part) => splitOnce(part))) as Record<string, string>)
    .find((option) => option.name === name);
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf('=');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

/** Whether the engine runs as an ordinary user: its process says so, else the engine itself. */
export function rootlessEngine({ process, info }: EngineFacts): Fact<boolean> {
  const path = process.known ? `${process.path}/status Uid != 0` : '';
  if (process.known && process.value.uid !== 0) return known(true, process.source, path);
  if (info.known && securityOption(info.value, 'rootless')) {
    return known(true, info.source, `${info.path} SecurityOptions name=rootless`);
  }
  if (process.known) return known(false, process.source, path);
  return mapFact(info, () => false);
}
