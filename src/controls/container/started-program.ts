import type { ContainerSpec } from '../../model/container-spec.ts';
import { isInit, isShell, programName } from './process-role.ts';

/**
 * The programs that a container's command line starts, by name: the first word, what an init or a shell is told
 * to start, and the command that is handed to an entrypoint of another kind, which is often a script that runs
 * it. Empty when the image decides. Only the first can be shown: the others may be any argument, a secret too.
 */
export function startedPrograms({ entrypoint, command }: Pick<ContainerSpec, 'entrypoint' | 'command'>): string[] {
  const entry = programName(entrypoint[0] ?? '');
  const handed = entry === '' || isInit(entry) || isShell(entry) ? [] : programsOf(command);
  return [...new Set([...programsOf([...entrypoint, ...command]), ...handed])];
}

function programsOf(words: readonly string[]): string[] {
  const [first, ...rest] = words;
  if (first === undefined || first === '') return [];
  const name = programName(first);
  if (isInit(name)) {
    const end = rest.indexOf('--');
    const start = end >= 0 ? end + 1 : rest.findIndex((word) => !word.startsWith('-'));
    return start < 0 ? [name] : programsOf(rest.slice(start));
  }
  if (isShell(name)) {
    const flag = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
    if (flag >= 0) return programsOfScript(rest[flag + 1] ?? '');
    const script = rest.find((word) => !word.startsWith('-'));
    return [script === undefined ? name : programName(script)];
  }
  return [name];
}

/** The first word of each command in a line of shell, and what `service NAME start` starts. */
function programsOfScript(script: string): string[] {
  return script.split(/[;&|\n(){}]+/).flatMap((command) => {
    const words = command.trim().split(/\s+/);
    const start = words.findIndex((word) => !/^(exec|sudo|nohup|then|do|else|if|\w+=.*)$/.test(word));
    const [first = '', second = ''] = words.slice(Math.max(start, 0));
    if (first === '') return [];
    const service = programName(first) === 'service' ? second : /^\/etc\/init\.d\/(\S+)/.exec(first)?.[1];
    // A service is named without the `d` of its program more often than not: `service ssh start`.
    return [service === undefined ? programName(first) : service.replace(/d?$/, 'd')];
  });
}
