import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { secretRule } from '../container/secret-rules.ts';
import { isStandIn, type WrittenSecret } from './secret-words.ts';

/** Secrets at places that only one program gives this meaning: `curl -u name:password`, `sshpass -p password`. */
export function secretsOfProgram(command: ShellCommand, all: readonly ShellCommand[]): WrittenSecret[] {
  const { program, words } = command;
  const rest = words.slice(1);
  switch (program) {
    case 'curl':
      return [...logins(rest, /^(?:-[a-zA-Z]*u|--user|--proxy-user)$/), ...headers(rest)];
    case 'wget':
      return headers(rest.map((word) => ({ ...word, text: word.text.replace(/^--header=/, '') })));
    case 'http':
    case 'https':
      return logins(rest, /^(?:-a|--auth)$/);
    case 'sshpass':
      return [...after(rest, /^-p$/), ...attached(rest, /^-p(.+)$/)];
    case 'mysql':
    case 'mysqldump':
    case 'mariadb':
      return attached(rest, /^-p(.+)$/);
    case 'mysqladmin':
    case 'mariadb-admin':
      return [...attached(rest, /^-p(.+)$/), ...after(rest, /^password$/)];
    case 'docker':
    case 'podman':
    case 'buildah':
    case 'skopeo':
    case 'helm':
    case 'oras':
    case 'crane':
    case 'az':
      return rest.some(({ text }) => text === 'login') ? after(rest, /^-p$/) : [];
    case 'aws':
      return after(rest, /^aws_(?:access_key_id|secret_access_key|session_token)$/);
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return after(rest, /(?:_authToken|_auth|_password|npmAuthToken)$/);
    case 'composer':
      return after(rest, /^(?:github-oauth|gitlab-token|gitlab-oauth|bearer)\./);
    case 'htpasswd':
      return rest.some(({ text }) => /^-[a-zA-Z]*b/.test(text))
        ? ofOperand(rest, rest.some(({ text }) => /^-[a-zA-Z]*n/.test(text)) ? 1 : 2)
        : [];
    case 'echo':
    case 'printf':
      return passwordsOnInput(command, all);
    default:
      return [];
  }
}

/** Commands that leave a login in the layer, whatever they are given. */
export function storesLogin({ program, words }: ShellCommand): boolean {
  const [first, second, third] = words.slice(1).map(({ text }) => text);
  if (program === 'gcloud') return first === 'auth' && second === 'activate-service-account';
  if (program === 'az') return first === 'login' && !words.some(({ text }) => /^(?:-i|--identity|--help)$/.test(text));
  return (
    program === 'aws' && first === 'configure' && second === 'set' && /^aws_(?:secret_)?access_key/.test(third ?? '')
  );
}

/** `echo 'name:password' | chpasswd`, `echo password | passwd --stdin name`. */
function passwordsOnInput({ pipeline, place, words }: ShellCommand, all: readonly ShellCommand[]): WrittenSecret[] {
  const reader = all.find(
    (other) => other.pipeline === pipeline && other.place > place && /^(?:chpasswd|passwd)$/.test(other.program),
  );
  if (!reader) return [];
  return words.slice(1).flatMap(({ text, span }) => {
    const secret = reader.program === 'chpasswd' ? /^[^:\s]+:(\S+)/.exec(text)?.[1] : text;
    return secret === undefined || text.startsWith('-') || holdsVariable(secret)
      ? []
      : found(reader.program, secret, span);
  });
}

function logins(words: readonly ShellWord[], option: RegExp): WrittenSecret[] {
  return words.flatMap(({ text, span }, index) => {
    const login = option.test(words[index - 1]?.text ?? '') ? text : (/^--user=(.*)$/s.exec(text)?.[1] ?? '');
    const secret = /^[^:]*:(.+)$/s.exec(login)?.[1];
    return secret === undefined ? [] : found('login', secret, span);
  });
}

function headers(words: readonly ShellWord[]): WrittenSecret[] {
  return words.flatMap(({ text, span }) => {
    const [, name, value] = /^["']?([A-Za-z][\w-]*):\s*(\S.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined || holdsVariable(value)) return [];
    const secret = value.replace(/^(?:basic|bearer|token)\s+/i, '');
    const isLogin = /^(?:proxy-)?authorization$/i.test(name) && secret !== value;
    return isLogin || secretRule(name, secret) !== undefined ? found(name, secret, span) : [];
  });
}

function after(words: readonly ShellWord[], option: RegExp): WrittenSecret[] {
  return words.flatMap(({ text, span }, index) => {
    const before = words[index - 1]?.text ?? '';
    return option.test(before) && !text.startsWith('-') ? found(before, text, span) : [];
  });
}

function attached(words: readonly ShellWord[], option: RegExp): WrittenSecret[] {
  return words.flatMap(({ text, span }) => {
    const secret = option.exec(text)?.[1];
    return secret === undefined ? [] : found(text.slice(0, 2), secret, span);
  });
}

function ofOperand(words: readonly ShellWord[], index: number): WrittenSecret[] {
  const word = words.filter(({ text }) => !text.startsWith('-'))[index];
  return word ? found('password', word.text, word.span) : [];
}

function found(name: string, secret: string, span: ShellWord['span']): WrittenSecret[] {
  return isStandIn(secret) || holdsVariable(secret) ? [] : [{ name, rule: 'place', span }];
}

function holdsVariable(text: string): boolean {
  return /\$[A-Za-z_({]|`/.test(text);
}
