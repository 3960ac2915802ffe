import { defineNotable } from '../notable-reader.ts';
import { programNameOf } from './program-name.ts';

const servers = new Set(['sshd', 'dropbear', 'dropbearmulti', 'tinysshd']);

/** Programs that let others log in. */
export const sshServer = defineNotable({
  id: 'ssh-server',
  entry(entry) {
    const name = programNameOf(entry);
    return name !== undefined && servers.has(name) ? { kind: 'ssh-server', detail: name } : undefined;
  },
});
