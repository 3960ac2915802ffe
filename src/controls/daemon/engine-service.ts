import type { EngineFacts } from '../../model/engine.ts';

/** Whether `version` is older than `major.minor`; `undefined` when it is no number (`dev`). */
export function isOlder(version: string, major: number, minor: number): boolean | undefined {
  const release = releaseOf(version);
  if (release === undefined) return undefined;
  return release[0] < major || (release[0] === major && release[1] < minor);
}

/** Commands that let the engine read its configuration again, for good: checked first where the engine can. */
export function restartCommands(engine: EngineFacts): string[] {
  return [
    ...validation(engine),
    `${systemctl(engine)} daemon-reload`,
    `${systemctl(engine)} restart ${unitOf(engine)}`,
  ];
}

/** Commands that let the running engine take over the options that need no restart. */
export function reloadCommands(engine: EngineFacts): string[] {
  return [...validation(engine), `${systemctl(engine)} reload ${unitOf(engine)}`];
}

/** Commands that change how the engine is started, without touching the vendor's unit. */
export function editUnitCommands(engine: EngineFacts): string[] {
  const unit = unitOf(engine);
  return [`${systemctl(engine)} cat ${unit}`, `${systemctl(engine)} edit ${unit}`];
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
