import type { Control } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { evidenceOf, mapFact } from '../../model/fact.ts';
import type { FileStatus, HostFileRole } from '../../model/host-file.ts';
import type { AuditRules, AuditWatch, HostFacts } from '../../model/host.ts';
import { changeHost, type HostRemedy } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { fileNames } from './file-names.ts';

type WatchRule = Pick<Control<'host'>, 'subject' | 'how' | 'counterexample'> & {
  judge(host: HostFacts): Verdict;
  remedy(host: HostFacts): HostRemedy;
};

/** What a rule must notice: writing, and changes of owner, mode and the like. */
const demanded = 'wa';

/** Every file of these roles is watched by a rule of the kernel's audit. */
export function audited(...roles: readonly HostFileRole[]): WatchRule {
  return {
    subject: 'host',
    how: howOf(roles),
    counterexample: {
      audit: mapFact(exemplarHost.audit, () => ({ loaded: true, watches: [] })),
      files: { ...exemplarHost.files, ...Object.fromEntries(roles.map((role) => [role, someFile(role)])) },
    },

    judge(host) {
      const { audit } = host;
      if (audit.known && !isAuditing(audit.value)) {
        return notApplicable(
          {
            en: 'Nothing on this host is audited; host-auditd says why.',
            zh: '本主机未进行审计，原因见 host-auditd。',
          },
          evidenceOf(audit, null),
        );
      }
      const facts = roles.map((role) => host.files[role]);
      const gap = facts.find((fact) => !fact.known);
      const files = filesOf(host, roles);
      if (!gap && files.length === 0) {
        const names = namesOf(roles);
        return notApplicable(
          { en: `There is no ${names.en} here.`, zh: `此处没有${names.zh}。` },
          facts.flatMap((fact) => (fact.known ? evidenceOf(fact, null) : [])),
        );
      }
      if (!audit.known) return unknownFrom(audit);
      const watches = audit.value?.watches ?? [];
      const missed = files.filter((file) => !isWatched(file, watches));
      const shown = missed.length > 0 ? missed : files;
      const evidence = shown.map((file) => evidenceOf(audit, noticed(file, watches), `${audit.path} ${file.realPath}`));
      const words = listed(shown.map(({ realPath }) => realPath));
      if (missed.length > 0) {
        return fail(
          { en: `No audit rule notices changes of ${words.en}.`, zh: `没有审计规则记录以下文件的变更：${words.zh}。` },
          evidence,
        );
      }
      if (gap && !gap.known) return unknownFrom(gap);
      return pass({ en: `Changes are audited: ${words.en}.`, zh: `变更会被审计：${words.zh}。` }, evidence);
    },

    remedy(host) {
      const watches = (host.audit.known ? host.audit.value?.watches : undefined) ?? [];
      const missed = filesOf(host, roles).filter((file) => !isWatched(file, watches));
      return changeHost(
        missed.map(({ realPath }) => ({ kind: 'watch', path: realPath, permissions: demanded })),
        { en: 'Add audit rules for these files.', zh: '为这些文件添加审计规则。' },
      );
    },
  };
}

/** What the exemplary host has in this role, or a file where it has none. */
function someFile(role: HostFileRole): HostFacts['files'][HostFileRole] {
  const path = role === 'engine-sysconfig' ? '/etc/sysconfig/docker' : `/etc/docker/${role}`;
  const file: FileStatus = { path, realPath: path, kind: 'file', uid: 0, gid: 0, mode: 0o644 };
  return mapFact(exemplarHost.files[role], (files) => (files.length > 0 ? files : [file]));
}

/** There is something that loads rules, and auditing is not switched off. */
export function isAuditing(rules: AuditRules | null): boolean {
  return rules !== null && rules.enabled !== false;
}

function filesOf(host: HostFacts, roles: readonly HostFileRole[]): FileStatus[] {
  const all = roles.flatMap((role) => {
    const fact = host.files[role];
    return fact.known ? fact.value : [];
  });
  return [...new Map(all.map((file) => [file.realPath, file])).values()];
}

/** What of a file some rule or other notices, the file itself and not a link to it: of `r`, `w`, `x` and `a`. */
function noticed(file: FileStatus, watches: readonly AuditWatch[]): string {
  const found = watches.filter((watch) => isWithin(file, watch)).map(({ permissions }) => permissions);
  return ['r', 'w', 'x', 'a'].filter((each) => found.some((permissions) => permissions.includes(each))).join('');
}

function isWatched(file: FileStatus, watches: readonly AuditWatch[]): boolean {
  const permissions = noticed(file, watches);
  return demanded.split('').every((each) => permissions.includes(each));
}

/** A name that only begins alike is another folder. A rule on nothing but a folder misses the files that are in it. */
function isWithin({ realPath, kind }: FileStatus, watch: AuditWatch): boolean {
  const path = (watch.realPath ?? watch.path).replace(/(?<=.)\/$/, '');
  if (realPath === path) return watch.recursive || kind !== 'folder';
  return watch.recursive && realPath.startsWith(path === '/' ? '/' : `${path}/`);
}

function namesOf(roles: readonly HostFileRole[]): Text {
  const names = roles.map((role) => fileNames[role]);
  return { en: names.map(({ en }) => en).join(' and no '), zh: names.map(({ zh }) => zh).join('，也没有') };
}

function howOf(roles: readonly HostFileRole[]): Text {
  const names = roles.map((role) => fileNames[role]);
  const [en, zh] = [names.map((name) => name.en).join(' and the '), names.map((name) => name.zh).join('和')];
  return {
    en: `Looks for the ${en} where the engine itself has it, links followed, and for audit rules that cover it: the kernel's list where it may be asked, else the files of rules. A rule on a folder above counts where it holds for everything below. Writing and changes of attributes must both be noticed, by whoever they are made.`,
    zh: `按引擎实际使用的路径查找${zh}（解析符号链接）以及覆盖它的审计规则：能查询内核时以内核的列表为准，否则看规则文件。上级目录的递归规则也算。写入和属性变更都须记录，且不限于某些用户。`,
  };
}
