import type { RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { commandsOf } from './run-commands.ts';

const hashPrograms =
  /^(?:(?:sha(?:1|224|256|384|512)|md5|b2|b3|k12)sum|g?sha\d*sum|shasum|sha(?:256|512)|md5|cksum|rhash|xxhsum)$/;
const signaturePrograms: ReadonlySet<string> = new Set([
  'gpgv',
  'gpgv2',
  'minisign',
  'signify',
  'slsa-verifier',
  'rsign',
  'debsig-verify',
  'sq',
  'sqv',
]);

/** Whether a RUN compares a hash or a signature, as far as can be seen. */
export function checksDownloads(run: RunInstruction): boolean {
  return commandsOf(run).some(isCheck);
}

function isCheck(command: ShellCommand): boolean {
  const { program, words } = command;
  const texts = words.slice(1).map(({ text }) => text);
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  if (hashPrograms.test(program)) return has(/^-[a-z]*c[a-z]*\d*$|^--check/) || isCompared(command);
  if (signaturePrograms.has(program)) return true;
  switch (program) {
    case 'gpg':
    case 'gpg2':
      return has(/^--(?:verify|decrypt)/) || has(/^-[a-z]*d$/);
    case 'openssl':
      return has(/^-(?:verify|signature)$/) || (has(/^(?:dgst|sha\d+|md5)$/) && isCompared(command));
    case 'cosign':
    case 'notation':
    case 'sigstore':
    case 'gh':
    case 'jarsigner':
      return has(/^-?verify/);
    case 'rpm':
    case 'rpmkeys':
      return has(/^-K$|^--checksig$/);
    default:
      // A script or function of their own: `verify_checksum`, `./check-sha256.sh`; Python with hashlib.
      return /verif(?:y|ies)|checksum|check.?sha/i.test(program) || has(/hashlib|Digest::SHA|createHash/);
  }
}

/** `[ "$(sha256sum x)" = … ]`, `sha256sum x | grep HASH`. */
function isCompared({ depth, pipelineLength }: ShellCommand): boolean {
  return depth > 0 || pipelineLength > 1;
}
