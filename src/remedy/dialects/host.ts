import type { HostChange } from '../../model/host-change.ts';
import { shellWord } from '../shell.ts';

/** Where what must hold after the next start is written. */
const parameterFile = '/etc/sysctl.d/60-container-host.conf';
const auditFile = '/etc/audit/rules.d/containers.rules';

/** What a person types to make the changes. */
export function hostCommands(changes: readonly HostChange[]): string[] {
  const parameters = changes.filter((change) => change.kind === 'parameter');
  const watches = changes.filter((change) => change.kind === 'watch');
  return [
    ...changes.flatMap(fileCommand),
    ...(parameters.length === 0 ? [] : [`# ${parameterFile}`]),
    ...parameters.map(({ name, value }) => `${name} = ${value}`),
    ...(parameters.length === 0 ? [] : [`sysctl --load=${parameterFile}`]),
    ...(watches.length === 0 ? [] : [`# ${auditFile}`]),
    ...watches.map(({ path, permissions }) => `-w ${path} -p ${permissions} -k containers`),
    ...(watches.length === 0 ? [] : ['augenrules --load']),
  ];
}

function fileCommand(change: HostChange): string[] {
  if (change.kind === 'mode') return [`chmod ${change.mode.toString(8).padStart(4, '0')} ${shellWord(change.path)}`];
  return change.kind === 'owner' ? [`chown ${change.uid}:${change.gid} ${shellWord(change.path)}`] : [];
}
