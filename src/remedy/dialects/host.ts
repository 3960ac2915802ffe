import { filterProgram, forwardChain, forwardDropWords } from '../../model/forward-drop.ts';
import type { HostChange } from '../../model/host-change.ts';
import { shellOperand, shellWord } from '../shell.ts';

/** Where what must hold after the next start is written. */
const parameterFile = '/etc/sysctl.d/60-container-host.conf';
const auditFile = '/etc/audit/rules.d/containers.rules';

/** What a person types to make the changes. */
export function hostCommands(changes: readonly HostChange[]): string[] {
  const parameters = changes.filter((change) => change.kind === 'parameter');
  const watches = changes.filter((change) => change.kind === 'watch');
  return [
    ...changes.flatMap(fileCommand),
    ...changes.flatMap(groupCommands),
    ...changes.flatMap(removalCommand),
    ...changes.flatMap(filterCommand),
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

function groupCommands(change: HostChange): string[] {
  if (change.kind !== 'group') return [];
  const group = shellWord(change.group);
  return change.remove.map((user) =>
    change.program === 'delgroup'
      ? `delgroup ${shellOperand(user)} ${group}`
      : `gpasswd --delete ${shellWord(user)} ${group}`,
  );
}

function removalCommand(change: HostChange): string[] {
  return change.kind === 'removal' ? [`docker ${change.what} rm ${shellOperand(change.name)}`] : [];
}

function filterCommand(change: HostChange): string[] {
  if (change.kind !== 'filter') return [];
  const words = forwardDropWords(change).map((word) => shellWord(word));
  return [`${filterProgram(change)} -I ${forwardChain} ${words.join(' ')}`];
}
