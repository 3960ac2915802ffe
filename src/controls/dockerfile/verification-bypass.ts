import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { optionOf, type PackageCommand, packageCommandOf } from './package-install.ts';
import { shortOption } from './short-options.ts';
import { lost, switchedOffBy, switchedOffIn } from './verification-settings.ts';

/** A place where a check of certificates or signatures is switched off. */
export interface Bypass {
  readonly span: Span;
  /** As written: an option, a setting. */
  readonly what: string;
  readonly lost: Text;
}

/** What one command switches off. */
export function bypassesOf(command: ShellCommand): Bypass[] {
  const { program, words, assignments, redirects } = command;
  const call = packageCommandOf(command);
  const assigned = [
    ...assignments.map(({ name, value, span }) => ({ name, value: value.text, span })),
    ...(assigners.has(program) ? words.slice(1).flatMap(assignedBy) : []),
  ].flatMap(({ name, value, span }) => found(switchedOffBy(name, value), name, span));
  const written = writers.has(program)
    ? words.slice(1).flatMap(({ text, span }) => found(switchedOffIn(writtenText(program, text)), program, span))
    : [];
  const bodies = redirects.flatMap(({ body, target }) =>
    body === undefined ? [] : found(switchedOffIn(body), program, target.span),
  );
  return [
    ...assigned,
    ...written.slice(0, 1),
    ...bodies,
    ...ofProgram(program, words.slice(1)),
    ...(call ? ofPackageManager(call) : []),
    ...ofAnyProgram(words.slice(1)),
  ];
}

const assigners = new Set(['export', 'env', 'declare', 'typeset', 'setx']);
const writers = new Set(['echo', 'printf', 'sed', 'tee']);

function assignedBy({ text, span }: ShellWord): { name: string; value: string; span: Span }[] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? [] : [{ name, value, span }];
}

/** Of sed only what it puts in: `s/gpgcheck=0/gpgcheck=1/` switches the check on. */
function writtenText(program: string, text: string): string {
  if (program !== 'sed') return text.replaceAll(String.raw`\n`, '\n');
  const [, delimiter] = /(?:^|[;{}\s\d$/])s([/|#,@!%+:])/.exec(text) ?? [];
  if (delimiter === undefined) return /[aic]\\?\s{0,5}\S{0,60}\w=/.test(text) ? text : '';
  const parts = text.split(delimiter);
  return parts.filter((_, index) => index % 3 === 2).join('\n');
}

function found(what: Text | undefined, name: string, span: Span): Bypass[] {
  return what ? [{ span, what: name, lost: what }] : [];
}

function ofProgram(program: string, words: readonly ShellWord[]): Bypass[] {
  switch (program) {
    case 'curl':
      return isLocal(words)
        ? []
        : named(shortOption(words, 'k') ?? option(words, /^--(?:proxy-|doh-)?insecure$/), lost.tls);
    case 'wget':
    case 'wget2':
      return isLocal(words)
        ? []
        : named(option(words, /^--no-check-c\w*(?:-\w+)?$|^--check-certificate=(?:off|no|quiet)$/), lost.tls);
    case 'aria2c':
      return named(option(words, /^--check-certificate=false$/), lost.tls);
    case 'axel':
      return named(shortOption(words, 'k', 'nsUHoTaN') ?? option(words, /^--insecure$/), lost.tls);
    case 'http':
    case 'https':
      return named(option(words, /^--verify=(?:no|false)$/), lost.tls);
    case 'git':
      return ofGit(words);
    case 'hg':
      return named(option(words, /^--insecure$/), lost.tls);
    case 'svn':
      return named(option(words, /^--trust-server-cert/), lost.tls);
    case 'rpm':
      return named(
        option(words, /^--no(?:digest|signature|filedigest|verify|gpgcheck|files?digests?)$/),
        lost.signature,
      );
    case 'dpkg':
      return named(option(words, /^--force-(?:bad-verify|all)$/), lost.signature);
    case 'yum-config-manager':
      return named(option(words, /(?:^|[=.])(?:gpgcheck=(?:0|false)|sslverify=(?:0|false))$/), lost.signature);
    case 'conda':
    case 'mamba':
    case 'micromamba':
      return ofSetting(words, /^ssl_verify$/, /^(?:false|no|0)$/i).concat(
        named(option(words, /^(?:-k|--insecure)$/), lost.tls),
      );
    case 'composer':
      return [
        ...ofSetting(words, /^disable-tls$/, /^(?:true|1)$/),
        ...ofSetting(words, /^secure-http$/, /^(?:false|0)$/),
      ];
    case 'bundle':
    case 'bundler':
      return ofSetting(words, /^ssl_verify_mode$/, /^0$/);
    case 'poetry':
      return ofSetting(words, /^certificates\..+\.cert$/, /^false$/i);
    case 'mvn':
    case 'mvnw':
      return named(option(words, /^-Dmaven\.wagon\.http\.ssl\.insecure=true$/), lost.tls);
    default:
      return [];
  }
}

function ofAnyProgram(words: readonly ShellWord[]): Bypass[] {
  return named(option(words, /^--insecure-skip-tls-verify(?:=true)?$|^--(?:src-|dest-)?tls-verify=false$/), lost.tls);
}

/** `git -c http.sslVerify=false`, `git config --global http.sslVerify false`. */
function ofGit(words: readonly ShellWord[]): Bypass[] {
  const key = String.raw`http(?:\..+)?\.sslverify`;
  const value = '(?:false|0|no|off)';
  const attached = words.find(({ text }) => new RegExp(`^(?:-c|--config=)?${key}=${value}$`, 'i').test(text));
  return [
    ...named(attached, lost.tls),
    ...ofSetting(words, new RegExp(`^${key}$`, 'i'), new RegExp(`^["']?${value}["']?$`, 'i')),
  ];
}

/** Two words side by side: a setting and its value. */
function ofSetting(words: readonly ShellWord[], name: RegExp, value: RegExp): Bypass[] {
  return named(
    words.find(({ text }, index) => name.test(text) && value.test(words[index + 1]?.text ?? '')),
    lost.tls,
  );
}

function ofPackageManager(call: PackageCommand): Bypass[] {
  const of = (what: Text, ...names: readonly string[]) => named(optionOf(call, ...names)?.word, what);
  switch (call.manager) {
    case 'apt-get':
    case 'apt':
    case 'aptitude':
      return [
        ...of(lost.signature, '--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'),
        ...of(lost.signature, '--allow-downgrade-to-insecure-repositories'),
        ...call.options.flatMap(({ name, value = '', word }) =>
          name === '-o' || name === '--option' ? found(switchedOffIn(value), value, word.span) : [],
        ),
      ];
    case 'apk':
      return of(lost.signature, '--allow-untrusted');
    case 'yum':
    case 'dnf':
    case 'microdnf':
    case 'tdnf':
      return [
        ...of(lost.signature, '--nogpgcheck', '--no-gpgchecks', '--no-gpg-checks'),
        ...call.options.flatMap(({ name, value = '', word }) =>
          name === '--setopt' ? found(switchedOffIn(value.replace(/^.*\./s, '')), value, word.span) : [],
        ),
      ];
    case 'zypper':
      return [
        ...of(lost.signature, '--no-gpg-checks', '--no-gpgcheck', '--allow-unsigned-rpm', '--gpgcheck-allow-unsigned'),
        ...(/^(?:ar|addrepo|mr|modifyrepo)$/.test(call.action) ? of(lost.signature, '-G') : []),
      ];
    case 'pip':
      return [...of(lost.tls, '--trusted-host'), ...setting(call, /(?:^|\.)trusted-host$/, /\S/)];
    case 'uv':
      return of(lost.tls, '--allow-insecure-host', '--trusted-host');
    case 'npm':
    case 'yarn':
    case 'pnpm':
      return [
        ...of(lost.tls, '--no-strict-ssl'),
        ...call.options.flatMap(({ name, value, word }) =>
          name === '--strict-ssl' && /^(?:false|no|0)$/.test(value ?? nextText(call, word))
            ? found(lost.tls, name, word.span)
            : [],
        ),
        ...setting(call, /^(?:strict-ssl|enableStrictSsl)$/, /^(?:false|no|0)$/),
        ...found(
          call.operands.some(({ text }) => text === 'strict-ssl=false') ? lost.tls : undefined,
          'strict-ssl',
          call.actionWord.span,
        ),
      ];
    case 'gem':
      return call.options.flatMap(({ name, value = '', word }) =>
        /^(?:-s|--source|-a|--add)$/.test(name) && /^http:\/\//i.test(value || nextText(call, word))
          ? found(lost.tls, name, word.span)
          : [],
      );
    case 'go':
      return [
        ...of(lost.tls, '-insecure'),
        ...(call.action === 'env'
          ? call.operands
              .flatMap(assignedBy)
              .flatMap((each) => found(switchedOffBy(each.name, each.value), each.name, each.span))
          : []),
      ];
    default:
      return [];
  }
}

function setting({ action, operands }: PackageCommand, name: RegExp, value: RegExp): Bypass[] {
  return /^(?:config|set)$/.test(action) ? ofSetting(operands, name, value) : [];
}

function nextText({ operands, actionWord }: PackageCommand, { span }: ShellWord): string {
  return [actionWord, ...operands].find((word) => word.span.start > span.end)?.text ?? '';
}

function option(words: readonly ShellWord[], pattern: RegExp): ShellWord | undefined {
  return words.find(({ text }) => pattern.test(text));
}

function named(word: ShellWord | undefined, what: Text): Bypass[] {
  return word ? [{ span: word.span, what: word.text, lost: what }] : [];
}

/** A server on the same machine often has a certificate of its own. */
function isLocal(words: readonly ShellWord[]): boolean {
  const urls = words.filter(({ text }) => /^https?:\/\//.test(text));
  return urls.length > 0 && urls.every(({ text }) => /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(text));
}
