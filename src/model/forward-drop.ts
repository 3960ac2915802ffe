/**
 * New connections to a published port that arrive on an interface: dropped before Docker forwards them. Answers, and
 * what is connected already, go on.
 */
export interface ForwardDrop {
  readonly family: 'ip' | 'ip6';
  /** Where they arrive: `eth0`. */
  readonly inInterface: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  /** Of the host, as the connection was opened: by the time of the rule it leads to the container's. */
  readonly port: number;
}

/** The chain that Docker asks before its own rules and never writes into. */
export const forwardChain = 'DOCKER-USER';

/** What marks the rules that a fix makes: those of others are never taken away. */
export const forwardDropComment = 'plimsoll';

/** The program of a family's rules. */
export function filterProgram({ family }: Pick<ForwardDrop, 'family'>): 'iptables' | 'ip6tables' {
  return family === 'ip' ? 'iptables' : 'ip6tables';
}

/** The rule in the words of iptables, as iptables-save writes them. */
export function forwardDropWords({ inInterface, protocol, port }: ForwardDrop): string[] {
  const origin = ['--ctstate', 'NEW', '--ctorigdstport', String(port), '--ctdir', 'ORIGINAL'];
  const mark = ['-m', 'comment', '--comment', forwardDropComment];
  return ['-i', inInterface, '-p', protocol, '-m', 'conntrack', ...origin, ...mark, '-j', 'DROP'];
}

/** Puts the rule first, where it is not in the chain yet: a line for `sh -c`. `program` is a name or a path. */
export function forwardDropCommand(drop: ForwardDrop, program: string): string {
  const rule = `${forwardChain} ${forwardDropWords(drop).join(' ')}`;
  return `${program} --wait -C ${rule} 2>/dev/null || ${program} --wait -I ${rule}`;
}

/** A name that means the same to iptables, a shell and systemd: `+` at its end would be every interface of that beginning. */
export function isPlainInterface(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,14}$/.test(name);
}
