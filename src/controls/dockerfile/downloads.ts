import type { RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { commandsOf } from './run-commands.ts';
import { shortOption } from './short-options.ts';
import { fileName } from './written-files.ts';

/** A file that curl or wget fetches in a RUN and that is kept or unpacked there. */
export interface Download {
  readonly run: RunInstruction;
  readonly program: string;
  /** The word with the address. */
  readonly word: ShellWord;
  /** Variables replaced as far as they are known. */
  readonly url: string;
  /** Where it is kept, as written; the address's last part where nothing says so; absent where it is handed on. */
  readonly file?: string;
}

/** Programs that keep or unpack what they are given by a pipe. */
const keepers =
  /^(?:bsdtar|tar|gtar|unzip|funzip|gunzip|gzip|zcat|pigz|unpigz|bunzip2|bzip2|bzcat|xz|unxz|xzcat|zstd|unzstd|zstdcat|lz4|cpio|rpm2cpio|dd|tee|dpkg|patch|docker|podman|mysql|psql)$/;
/** What a shell or an interpreter is fed is a question of its own; a key is what other things are checked with. */
const otherReaders =
  /^(?:sh|bash|ash|dash|ksh|mksh|zsh|fish|python[\d.]*|pypy[\d.]*|perl|ruby|node|nodejs|php[\d.]*|lua|deno|bun|gpg2?|apt-key|rpm|rpmkeys)$/;

/** The downloads of a RUN, in order. Those from the same machine are none, nor are requests that only send or ask. */
export function downloadsOf(run: RunInstruction): readonly Download[] {
  const commands = commandsOf(run);
  return commands.flatMap((command) => {
    const { program, words } = command;
    const rest = words.slice(1);
    if ((program !== 'curl' && program !== 'wget') || sends(program, rest)) return [];
    const output = program === 'curl' ? outputOfCurl(rest) : outputOfWget(rest);
    const pipe = readersOf(command, commands);
    if (output === undefined && !isKept(command, pipe)) return [];
    const handedOn = handedOnTo(command, pipe);
    return rest.filter(isAddress(rest)).flatMap((word) => {
      const url = resolved(word, command, run).replace(/^--url=/, '');
      if (!/^https?:\/\//i.test(url) || isLocal(url)) return [];
      const file = output === undefined ? handedOn : output || fileName(url);
      return [{ run, program, word, url, ...(file === undefined ? {} : { file }) }];
    });
  });
}

/** The commands that read what a command writes, by pipes. */
function readersOf(command: ShellCommand, commands: readonly ShellCommand[]): readonly ShellCommand[] {
  const own = commands.filter((each) => each.pipeline === command.pipeline && each.place > command.place);
  if (own.length > 0) return own;
  // `(curl … || wget …) | tar x`: what stands in a group has a pipeline of its own.
  const next = commands.find(
    ({ program, span }) => span.start >= command.span.end && program !== 'curl' && program !== 'wget',
  );
  if (!next || next.place === 0) return [];
  const pipe = commands.filter(({ pipeline }) => pipeline === next.pipeline);
  return pipe.some(({ place }) => place === next.place - 1) ? [] : pipe;
}

/** Whether what goes to the standard output ends in a file or in a program that keeps it. */
function isKept({ redirects }: ShellCommand, pipe: readonly ShellCommand[]): boolean {
  if (pipe.some(({ program }) => otherReaders.test(program))) return false;
  return (
    pipe.some(({ program }) => keepers.test(program)) ||
    [...redirects, ...pipe.flatMap((each) => each.redirects)].some(isFile)
  );
}

function isFile({ operator, target }: ShellCommand['redirects'][number]): boolean {
  return /^(?:1|&)?>>?\|?$/.test(operator) && !/^(?:\/dev\/|&|\d$|-$)/.test(target.text);
}

function handedOnTo({ redirects }: ShellCommand, pipe: readonly ShellCommand[]): string | undefined {
  const tee = pipe.find(({ program }) => program === 'tee')?.words.slice(1);
  const written = [...redirects, ...pipe.flatMap((each) => each.redirects)].find(isFile)?.target;
  return (tee?.find(({ text }) => !text.startsWith('-')) ?? written)?.text;
}

/** A request that sends something, or only asks for the headers. */
function sends(program: string, words: readonly ShellWord[]): boolean {
  const options =
    program === 'curl'
      ? /^--(?:head|upload-file|form(?:-string)?|data(?:-\w+)*|json)$|^-X(?:POST|PUT|DELETE|PATCH|HEAD)$|^(?:POST|PUT|DELETE|PATCH|HEAD)$/
      : /^--(?:spider|post-data|post-file|method)(?:=|$)/;
  return (
    words.some(({ text }) => options.test(text)) ||
    (program === 'curl' && Array.from('ITFd').some((letter) => shortOption(words, letter) !== undefined))
  );
}

const discarded = /^(?:-|\/dev\/.*)$/;

/** The file that curl writes: empty where the address names it, undefined where it goes to the standard output. */
function outputOfCurl(words: readonly ShellWord[]): string | undefined {
  for (const [index, { text }] of words.entries()) {
    const next = words[index + 1]?.text ?? '';
    if (text.startsWith('--remote-name')) return '';
    if (text === '--output') return discarded.test(next) ? undefined : next;
    if (text.startsWith('--output=')) return text.slice('--output='.length);
    const [, letter, value = ''] =
      /^-(?:[^-AbcCdDeEFhHKmoOPQrtTuUwxXyYz][^AbcCdDeEFhHKmoOPQrtTuUwxXyYz]*)?([oO])(.*)$/s.exec(text) ?? [];
    if (letter === 'O') return '';
    if (letter === 'o') return discarded.test(value || next) ? undefined : value || next;
  }
  return undefined;
}

/** As of curl; without an option wget writes a file of the address's name. */
function outputOfWget(words: readonly ShellWord[]): string | undefined {
  for (const [index, { text }] of words.entries()) {
    const [, value] = /^(?:-[^-OoaPtTUBDAREeIXQwl]*O|--output-document(?:=|$))(.*)$/s.exec(text) ?? [];
    if (value === undefined) continue;
    const file = value.replace(/^=/, '') || (words[index + 1]?.text ?? '');
    return discarded.test(file) ? undefined : file;
  }
  return '';
}

/** Options whose value may be an address that nothing is fetched from. */
const addressOptions =
  /^(?:-[a-zA-Z]*[xeHAubo]|--(?:proxy|preproxy|referer|header|user-agent|user|cookie|output|resolve|doh-url|connect-to|proxy-header))$/;

function isAddress(words: readonly ShellWord[]): (word: ShellWord, index: number) => boolean {
  return ({ text }, index) =>
    (!text.startsWith('-') || text.startsWith('--url=')) && !addressOptions.test(words[index - 1]?.text ?? '');
}

function isLocal(url: string): boolean {
  return /^https?:\/\/(?:[^/@]*@)?(?:(?:localhost|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)(?:[:/]|$)|127\.|169\.254\.)/i.test(
    url,
  );
}

/** Variables that the RUN itself sets win over those of ENV and ARG. */
function resolved({ text }: ShellWord, command: ShellCommand, run: RunInstruction): string {
  return text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, plain: string | undefined) => {
    const name = braced ?? plain ?? '';
    const before = commandsOf(run).filter(({ span }) => span.start <= command.span.start);
    const own = before.flatMap(({ assignments }) => assignments).findLast((each) => each.name === name);
    const exported = before
      .flatMap(({ program, words }) => (program === 'export' ? words : []))
      .findLast((each) => each.text.startsWith(`${name}=`));
    return own?.value.text ?? exported?.text.slice(name.length + 1) ?? run.environment[name] ?? whole;
  });
}
