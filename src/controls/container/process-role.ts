/** Programs that only start and reap others. */
const inits = new Set(['catatonit', 'docker-init', 'dumb-init', 'init', 'tini', 'tini-static']);
/** Programs that keep several services running. */
const supervisors = new Set([
  'circusd',
  'monit',
  'multirun',
  'pm2',
  'runit',
  'runsv',
  'runsvdir',
  's6-rc',
  's6-supervise',
  's6-svscan',
  'supervisord',
  'systemd',
]);
const shells = new Set(['ash', 'bash', 'busybox', 'dash', 'ksh', 'sh', 'zsh']);
/** What scripts leave beside the program that they start. */
const tools = new Set(['cat', 'inotifywait', 'logger', 'sleep', 'tail', 'tee']);

/** The last part of a program's path. */
export function programName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function isInit(name: string): boolean {
  return inits.has(name);
}

export function isSupervisor(name: string): boolean {
  return supervisors.has(name);
}

export function isShell(name: string): boolean {
  return shells.has(name);
}

/**
 * Whether a process is there only to start others. The kernel names a script after its file and cuts the name
 * at 15 characters: `docker-entrypoint.sh` is `docker-entrypoi`.
 */
export function isStarter(name: string): boolean {
  return (
    isInit(name) ||
    isShell(name) ||
    isSupervisor(name) ||
    /(^|[-_.])entry|\.sh$|_safe$|^(start|run|launch)\b/.test(name)
  );
}

/** Whether a process is a script's helper and no service. */
export function isTool(name: string): boolean {
  return tools.has(name);
}
