import type { EngineFacts } from '../../model/engine.ts';

/** Whether `version` is older than `major.minor`; `undefined` when it is no number (`dev`). */
export function isOlder(version: string, major: number, minor: number): boolean | undefined {
  const release = releaseOf(version);
  if (release === undefined) return undefined;
  return release[0] < major || (release[0] === major && release[1] < minor);
}

/**
 * Commands that let the engine read its configuration again, for good: checked first where the engine can. An engine
 * that systemd does not run is restarted as it was started, and the unit of that name would be another engine's.
 */
export function restartCommands(engine: EngineFacts): string[] {
  if (isWithoutUnit(engine)) return validation(engine);
  return [
    ...validation(engine),
    `${systemctl(engine)} daemon-reload`,
    `${systemctl(engine)} restart ${unitOf(engine)}`,
  ];
}

/** Commands that let the running engine take over the options that need no restart. */
export function reloadCommands(engine: EngineFacts): string[] {
  if (isWithoutUnit(engine)) {
    const { process } = engine;
    return [...validation(engine), ...(process.known ? [`kill -HUP ${process.value.pid}`] : [])];
  }
  return [...validation(engine), `${systemctl(engine)} reload ${unitOf(engine)}`];
}

/** Commands that change how the engine is started, without touching the vendor's unit. */
export function editUnitCommands(engine: EngineFacts): string[] {
  if (isWithoutUnit(engine)) return [];
  const unit = unitOf(engine);
  return [`${systemctl(engine)} cat ${unit}`, `${systemctl(engine)} edit ${unit}`];
}

function isWithoutUnit({ units }: EngineFacts): boolean {
  return units.known && units.value === null;
}

function unitOf(engine: EngineFacts): string {
  const named = engine.units.known ? engine.units.value?.name : undefined;
  return named ?? (engine.kind === 'podman' ? 'podman.service' : 'docker.service');
}

function systemctl({ info }: EngineFacts): string {
  return info.known && info.value.securityOptions.includes('name=rootless') ? 'systemctl --user' : 'systemctl';
}

/** `--validate` came with 23.0. */
function validation({ version, configuration }: EngineFacts): string[] {
  const file = configuration.known ? configuration.value?.file : undefined;
  if (file === undefined || !version.known || isOlder(version.value.version, 23, 0) !== false) return [];
  return [`dockerd --validate --config-file=${file}`];
}

/** Year or major number and minor number of an engine's version: `20.10.24+dfsg1` is `[20, 10]`. */
function releaseOf(version: string): readonly [number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\D|$)/.exec(version);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}
