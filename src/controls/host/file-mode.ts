import type { Control } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { FileStatus, HostFileRole } from '../../model/host-file.ts';
import type { HostFacts } from '../../model/host.ts';
import { changeHost, type HostRemedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { fileNames } from './file-names.ts';

type ModeRule = Pick<Control<'host'>, 'subject' | 'how' | 'counterexample'> & {
  judge(host: HostFacts): Verdict;
  remedy(host: HostFacts): HostRemedy;
};

/** The bits that a file may have: one mask for all of a role, or one for each file. */
type Allowed = number | ((file: FileStatus) => number);

/** Files of one role have no bit of the twelve that `allowed` has not. */
export function noMoreThan(role: HostFileRole, allowed: Allowed): ModeRule {
  const path = `/etc/docker/${role}`;
  const there = exemplarHost.files[role];
  const usual: FileStatus = { path, realPath: path, kind: 'file', uid: 0, gid: 0, mode: 0 };
  const open: FileStatus = { ...((there.known ? there.value[0] : undefined) ?? usual), mode: 0o777 };
  return {
    subject: 'host',
    how: howOf(role),
    counterexample: { files: { ...exemplarHost.files, [role]: { ...there, value: [open] } } },

    judge(host) {
      const files = host.files[role];
      if (!files.known) return unknownFrom(files);
      const name = fileNames[role];
      if (files.value.length === 0) {
        return notApplicable(
          { en: `There is no ${name.en} here.`, zh: `此处没有${name.zh}。` },
          evidenceOf(files, null),
        );
      }
      const wrong = files.value.filter((file) => excessOf(file, allowed) !== 0);
      const shown = (wrong.length > 0 ? wrong : files.value).toSorted(byOpenness);
      const evidence = shown.map((file) => evidenceOf(files, modeText(file.mode), `${file.path} mode`));
      if (wrong.length === 0) {
        const words = listed(shown.map((file) => `${file.path} (${modeText(file.mode)})`));
        return pass({ en: `Open to nobody else: ${words.en}.`, zh: `权限没有过宽：${words.zh}。` }, evidence);
      }
      const words = listed(
        shown.map((file) => ({
          en: `${file.path} (${modeText(file.mode)}, at most ${modeText(maskOf(file, allowed))})`,
          zh: `${file.path}（${modeText(file.mode)}，最多 ${modeText(maskOf(file, allowed))}）`,
        })),
      );
      return fail({ en: `More is allowed than should be: ${words.en}.`, zh: `权限过宽：${words.zh}。` }, evidence);
    },

    remedy(host) {
      const files = host.files[role];
      const wrong = files.known ? files.value.filter((file) => excessOf(file, allowed) !== 0) : [];
      return changeHost(
        wrong.map((file) => ({ kind: 'mode', path: file.realPath, mode: file.mode & maskOf(file, allowed) })),
        { en: 'Take away the rights that are too many.', zh: '去除多余的权限。' },
      );
    },
  };
}

function howOf(role: HostFileRole): Text {
  const { en, zh } = fileNames[role];
  return {
    en: `Looks at the ${en} at the place that the engine itself uses, links followed. Its mode is compared bit by bit: no right may be set beyond the widest mode that is accepted.`,
    zh: `按引擎实际使用的路径查看${zh}，并解析符号链接。权限逐位比较：不得有超出所允许最宽权限的位。`,
  };
}

/** `0644`, as chmod takes it. */
export function modeText(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function maskOf(file: FileStatus, allowed: Allowed): number {
  return typeof allowed === 'number' ? allowed : allowed(file);
}

/** Bits, not sizes: 0622 is the smaller number and the wider mode. */
function excessOf(file: FileStatus, allowed: Allowed): number {
  return file.mode & 0o7777 & ~maskOf(file, allowed);
}

/** What everybody may write comes first, then what others may do at all. */
function byOpenness(left: FileStatus, right: FileStatus): number {
  return opennessOf(right) - opennessOf(left);
}

function opennessOf({ mode }: FileStatus): number {
  return (mode & 0o002) * 100 + (mode & 0o020) + (mode & 0o007);
}
