import type { ShellCommand, ShellWord } from '../../../model/shell.ts';
import type { Span } from '../../../model/source-text.ts';

/** A command that makes a container. */
export interface RunCommand {
  readonly program: 'docker' | 'podman' | 'nerdctl';
  /** The word `run` or `create`. */
  readonly run: ShellWord;
  /** What stands behind it. */
  readonly arguments: readonly ShellWord[];
  /** From the program to the last word. */
  readonly span: Span;
}

const landmark = /\b(?:(docker|podman|nerdctl)|(run|create))\b|\n/g;

/** Whether a text may hold commands that make containers. Cheap, and true of some texts that hold none. */
export function looksLikeRun(text: string): boolean {
  let isNamed = false;
  for (const { 1: program, 2: run, index } of text.matchAll(landmark)) {
    if (program !== undefined) isNamed = true;
    else if (run === undefined) isNamed &&= /\\\r?$/.test(text.slice(Math.max(0, index - 2), index));
    else if (isNamed) return true;
  }
  return false;
}

/** The command that makes a container, if these words are one. */
export function runCommand(words: readonly ShellWord[]): RunCommand | undefined {
  const [first] = words;
  const program = first && programOf(first);
  if (!program) return undefined;
  let index = afterOptions(program, words);
  if (words[index]?.text === 'container') index += 1;
  const run = words[index];
  if (!run || (run.text !== 'run' && run.text !== 'create')) return undefined;
  const rest = words.slice(index + 1);
  const end = Math.max(run.span.end, words.at(-1)?.span.end ?? 0);
  return { program, run, arguments: rest, span: { start: first.span.start, end } };
}

/** The programs of the family by their names; undefined for any other word. */
export function programOf({ text }: ShellWord): RunCommand['program'] | undefined {
  const name = text.slice(text.lastIndexOf('/') + 1).replace(/\.exe$/, '');
  if (name === 'docker' || name === 'podman' || name === 'nerdctl') return name;
  return name === 'podman-remote' ? 'podman' : undefined;
}

/** Options of the programs themselves that take the next word with them. */
const programOptions: Readonly<Record<RunCommand['program'], ReadonlySet<string>>> = {
  docker: new Set([
    '-c',
    '-H',
    '-l',
    '--config',
    '--context',
    '--host',
    '--log-level',
    '--tlscacert',
    '--tlscert',
    '--tlskey',
  ]),
  podman: new Set([
    '-c',
    '--cdi-spec-dir',
    '--cgroup-manager',
    '--config',
    '--conmon',
    '--connection',
    '--context',
    '--events-backend',
    '--hooks-dir',
    '--identity',
    '--imagestore',
    '--log-level',
    '--module',
    '--namespace',
    '--network-cmd-path',
    '--network-config-dir',
    '--out',
    '--root',
    '--runroot',
    '--runtime',
    '--runtime-flag',
    '--ssh',
    '--storage-driver',
    '--storage-opt',
    '--tls-ca',
    '--tls-cert',
    '--tls-key',
    '--tmpdir',
    '--url',
    '--volumepath',
  ]),
  nerdctl: new Set([
    '-a',
    '-H',
    '-n',
    '--address',
    '--bridge-ip',
    '--cdi-spec-dirs',
    '--cgroup-manager',
    '--cni-netconfpath',
    '--cni-path',
    '--data-root',
    '--dns',
    '--host',
    '--host-gateway-ip',
    '--hosts-dir',
    '--namespace',
    '--snapshotter',
    '--storage-driver',
    '--userns-remap',
  ]),
};

/** The index of the first word behind the program's own options, variables that may hold some included. */
function afterOptions(program: RunCommand['program'], words: readonly ShellWord[]): number {
  let index = 1;
  for (; index < words.length; index += 1) {
    const word = words[index];
    if (!word) break;
    if (programOptions[program].has(word.text)) index += 1;
    else if (!word.text.startsWith('-') && (word.literal || !/^["']?[$`{]/.test(word.source))) break;
  }
  return index;
}

/** Programs that hand on what stands behind their options, in ways of their own. */
const handingOn = new Set([
  'aws-vault',
  'cgexec',
  'chpst',
  'chrt',
  'dotenv',
  'faketime',
  'flock',
  'op',
  'proxychains',
  'proxychains4',
  'retry',
  'run_or_die',
  'systemd-run',
  'taskset',
  'travis_retry',
  'travis_wait',
  'try',
  'unbuffer',
  'watch',
  'winpty',
  'wsl',
]);

/** The words of a command that another one hands on: `retry 3 docker run …`, `anything -- docker run …`. */
export function handedOn({ program, words }: ShellCommand): readonly ShellWord[] | undefined {
  if (words[0] && programOf(words[0])) return undefined;
  const index = words.findIndex((word, place) => place > 0 && programOf(word) !== undefined);
  if (index < 0) return undefined;
  const isHandedOn = handingOn.has(program) || words[index - 1]?.text === '--';
  return isHandedOn ? words.slice(index) : undefined;
}

/** Options of ssh that take the next word with them. */
const sshValues = /^-[46AaCfGgKkMNnqsTtVvXxYy]*[BbcDEeFIiJLlmOopQRSWw]$/;

/** What ssh runs on the other machine: the words behind the host; none where it opens a shell. */
export function remoteWords({ program, words }: ShellCommand): readonly ShellWord[] | undefined {
  if (program !== 'ssh') return undefined;
  let index = 1;
  for (; words[index]?.text.startsWith('-'); index += 1) {
    if (sshValues.test(words[index]?.text ?? '')) index += 1;
  }
  return words.slice(index + 1);
}
