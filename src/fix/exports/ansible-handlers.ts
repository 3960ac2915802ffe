import type { Action } from '../../model/plan.ts';
import { yamlText } from '../../remedy/yaml.ts';
import { switchesLiveRestoreOn } from './live-restore.ts';

const names = {
  units: 'Read the units again',
  reload: 'Reload Docker',
  spare: 'Wait for live-restore',
  restart: 'Restart Docker',
  answer: 'Wait for Docker',
} as const;

/** What an action's files notify. */
export function handlerNames({ effect, steps }: Action): string[] {
  switch (effect?.kind) {
    case 'reload-units':
      return [names.units];
    case 'reload-daemon':
      return [names.reload, ...(switchesLiveRestoreOn(steps) ? [names.spare] : [])];
    case 'restart-daemon':
      return [...(effect.reloadUnits ? [names.units] : []), names.restart, names.answer];
    default:
      return [];
  }
}

/** Ansible runs them in the order in which they are defined here, whoever notifies them. */
export function ansibleHandlers(unit: string): string[] {
  return [
    `- name: ${names.units}`,
    '  ansible.builtin.systemd:',
    '    daemon_reload: true',
    `- name: ${names.reload}`,
    '  ansible.builtin.systemd:',
    `    name: ${yamlText(unit)}`,
    '    state: reloaded',
    // A restart before it is on would stop every container.
    `- name: ${names.spare}`,
    ...waitLines("'Live Restore Enabled: true' in answer.stdout"),
    `- name: ${names.restart}`,
    '  ansible.builtin.systemd:',
    `    name: ${yamlText(unit)}`,
    '    state: restarted',
    `- name: ${names.answer}`,
    ...waitLines('answer.rc == 0'),
  ];
}

function waitLines(condition: string): string[] {
  return [
    '  ansible.builtin.command:',
    '    argv:',
    '      - docker',
    '      - info',
    '  register: answer',
    '  changed_when: false',
    `  until: ${yamlText(condition)}`,
    '  retries: 30',
    '  delay: 2',
  ];
}
