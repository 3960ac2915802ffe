import { posix } from 'node:path';
import type { AuditStep, Refusal } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { applyAuditSteps, parseAuditRules } from '../../sources/host/audit-rule-text.ts';
import { namesIn } from '../../sources/host/file-status.ts';
import { fileDiff } from '../file-diff.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll } from '../planning.ts';
import { auditKey, runAuditctl } from '../steps/audit.ts';
import { hostFailures } from './host-failures.ts';
import { appended, openTextFile, type TextFile, writeTextFile } from './text-file.ts';

/** What is looked at here beside the plan's context. */
export interface AuditSight {
  names(folder: string): readonly string[];
  /** What `auditctl -s` prints; undefined where it may not ask the kernel. */
  status(): Promise<string | undefined>;
}

const thisHost: AuditSight = {
  names: (folder) => namesIn(folder, ''),
  async status() {
    try {
      return await runAuditctl(['-s']);
    } catch {
      return undefined;
    }
  },
};

const rulesFolder = '/etc/audit/rules.d';
const ownFile = `${rulesFolder}/60-plimsoll.rules`;
/** What is read where there is no folder of rules. */
const wholeFile = '/etc/audit/audit.rules';

interface Watch {
  readonly path: string;
  readonly permissions: string;
}

/** All watches in one action: in force now, and in a file for each start. */
export async function planAuditRules(
  failures: readonly Failure[],
  context: PlanContext,
  sight: AuditSight = thisHost,
): Promise<Planned> {
  const own = hostFailures(failures, 'watch');
  if (own.length === 0) return { actions: [], refused: [] };
  const all = own.map(({ failure }) => failure);
  const none = await whyNoAudit(context, sight);
  if (none) return { actions: [], refused: refusedAll(all, none.reason, none) };
  const file = openTextFile(placeFor(context, sight), context);
  if ('refused' in file) return { actions: [], refused: refusedAll(all, file.refused) };

  const watches = new Map(own.flatMap(({ changes }) => changes.map((each) => [each.path, each] as const)));
  const obstacles = new Map(
    [...watches.keys()].flatMap((path) => {
      const obstacle = obstacleTo(path, context, sight);
      return obstacle ? [[path, obstacle] as const] : [];
    }),
  );
  const refused: Refusal[] = own.flatMap(({ failure, changes }) =>
    changes.flatMap(({ path }) => {
      const obstacle = obstacles.get(path);
      return obstacle ? refusedAll([failure], obstacle.reason, obstacle) : [];
    }),
  );
  const possible = [...watches.values()].filter(({ path }) => !obstacles.has(path));
  if (possible.length === 0) return { actions: [], refused };
  const missing = possible.filter((watch) => !isWritten(watch, file));
  const written = missing.length === 0 ? undefined : writeTextFile(file, withRules(file, missing), context);
  const steps = possible.map(({ path, permissions }): AuditStep => ({ kind: 'audit', path, permissions }));
  const paths = possible.map(({ path }) => path);
  return {
    actions: [
      {
        id: 'audit-rule',
        kind: 'audit-rule',
        // What is refused in part does not pass yet.
        answers: answeredBy(
          own.filter(({ changes }) => !changes.some(({ path }) => obstacles.has(path))).map(({ failure }) => failure),
        ),
        summary: {
          en: `Has the kernel record who changes these, now and by ${file.path} after each start: ${paths.join(', ')}.`,
          zh: `让内核记录对以下路径的更改，立即生效，并写入 ${file.path} 供每次启动使用：${paths.join('、')}。`,
        },
        diff: written
          ? fileDiff(written.path, written.before, written.after)
          : possible.map((watch) => `+ ${ruleOf(watch)}\n`).join(''),
        disruption: 'none',
        affects: [],
        steps: written ? [written, ...steps] : steps,
      },
    ],
    refused,
  };
}

interface Obstacle {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}

async function whyNoAudit({ machine: { host } }: PlanContext, sight: AuditSight): Promise<Obstacle | undefined> {
  if (host.audit.known && host.audit.value === null) {
    const id = host.distribution.known ? host.distribution.value.id : '';
    return {
      reason: { en: 'no audit daemon is installed', zh: '未安装审计守护进程' },
      advice: { en: 'Install it, and plan again.', zh: '安装后重新规划。' },
      commands: [installation[id] ?? 'dnf install audit'],
    };
  }
  const status = await sight.status();
  if (status === undefined) {
    return {
      reason: {
        en: 'the kernel may not be asked for its audit rules here',
        zh: '此处无法查询内核的审计规则',
      },
      advice: { en: 'Run it as root on the host itself.', zh: '请在主机上以 root 身份运行。' },
    };
  }
  if (!/\benabled[ =]2/.test(status)) return undefined;
  return {
    reason: {
      en: 'the audit rules are locked (-e 2): the kernel takes no other ones before the next start',
      zh: '审计规则已锁定（-e 2）：重启前内核不接受新规则',
    },
    advice: {
      en: `Write the rules into ${ownFile} and reboot.`,
      zh: `将规则写入 ${ownFile} 并重启主机。`,
    },
    commands: ['reboot'],
  };
}

const installation: Readonly<Record<string, string>> = {
  alpine: 'apk add audit',
  arch: 'pacman -S audit',
  debian: 'apt-get install auditd',
  linuxmint: 'apt-get install auditd',
  'opensuse-leap': 'zypper install audit',
  'opensuse-tumbleweed': 'zypper install audit',
  raspbian: 'apt-get install auditd',
  sles: 'zypper install audit',
  ubuntu: 'apt-get install auditd',
};

/** A file of rules about Docker that is there already, else one of our own. */
function placeFor(context: PlanContext, sight: AuditSight): string {
  if (context.realPath(rulesFolder) === undefined && context.file(wholeFile)) return wholeFile;
  const names = sight.names(rulesFolder).filter((name) => name.endsWith('.rules'));
  if (names.includes(posix.basename(ownFile))) return ownFile;
  const dockers = names.find((name) => /docker/i.test(name) && context.file(posix.join(rulesFolder, name)));
  return dockers === undefined ? ownFile : posix.join(rulesFolder, dockers);
}

function obstacleTo(path: string, context: PlanContext, sight: AuditSight): Obstacle | undefined {
  if (!/^\/[^\s"'\\\p{Cc}]*$/u.test(path)) {
    return {
      reason: {
        en: `a file of audit rules has no way to write the path ${JSON.stringify(path)}`,
        zh: `审计规则文件无法表示路径 ${JSON.stringify(path)}`,
      },
      advice: { en: 'Watch the folder above it.', zh: '请监视其上级目录。' },
    };
  }
  if (context.realPath(path) !== path) {
    return {
      reason: {
        en: `${path} is no longer there, and rules after one that fails are not loaded`,
        zh: `${path} 已不在原处，而规则加载失败后其后的规则不会被加载`,
      },
    };
  }
  const folder = isFolder(path, context) ? path : posix.dirname(path);
  if (!/^\/(?:var\/)?run\/./.test(folder) || isMadeEarly(folder, context, sight)) return undefined;
  return {
    reason: {
      en: `${folder} is not there yet when rules are loaded at the start of the host: this rule would fail, and with it all that follow`,
      zh: `主机启动加载规则时 ${folder} 尚不存在：该规则会失败，其后的规则也不会加载`,
    },
    advice: {
      en: 'Have systemd-tmpfiles make the folder before the audit daemon starts, and plan again.',
      zh: '让 systemd-tmpfiles 在审计守护进程启动前创建该目录，然后重新规划。',
    },
    commands: [
      `echo 'd ${folder} ${modeOf(folder, context)} root root -' > /etc/tmpfiles.d/${posix.basename(folder)}.conf`,
    ],
  };
}

function isFolder(path: string, { machine }: PlanContext): boolean {
  return statusOf(path, machine.host.files)?.kind === 'folder';
}

function modeOf(path: string, { machine }: PlanContext): string {
  const mode = statusOf(path, machine.host.files)?.mode ?? 0o711;
  return mode.toString(8).padStart(4, '0');
}

function statusOf(path: string, files: PlanContext['machine']['host']['files']) {
  return Object.values(files)
    .flatMap((fact) => (fact.known ? fact.value : []))
    .find(({ realPath }) => realPath === path);
}

/** systemd makes what its tmpfiles name before it starts the audit daemon. */
function isMadeEarly(folder: string, context: PlanContext, sight: AuditSight): boolean {
  return ['/etc/tmpfiles.d', '/run/tmpfiles.d', '/usr/lib/tmpfiles.d'].some((place) =>
    sight
      .names(place)
      .filter((name) => name.endsWith('.conf'))
      .some((name) => {
        const content = context.file(posix.join(place, name));
        const lines = Buffer.from(content?.bytes ?? '', 'base64')
          .toString('utf8')
          .split('\n');
        return lines.some((line) => {
          const [kind = '', path] = line.trim().split(/\s+/);
          return /^[dDvqQ]/.test(kind) && path?.replace(/^\/var\/run\//, '/run/').replace(/\/$/, '') === folder;
        });
      }),
  );
}

function isWritten({ path, permissions }: Watch, { bytes }: TextFile): boolean {
  const { watches } = applyAuditSteps(parseAuditRules(bytes.toString('utf8')));
  return watches.some(
    (each) =>
      each.path === path &&
      each.recursive &&
      permissions.split('').every((letter) => each.permissions.includes(letter)),
  );
}

function ruleOf({ path, permissions }: Watch): string {
  return `-w ${path} -p ${permissions} -k ${auditKey}`;
}

/** In a file that is read as it stands, rules that follow the lock are refused. */
function withRules(file: TextFile, watches: readonly Watch[]): Buffer {
  const rules = watches.map((watch) => `${ruleOf(watch)}\n`).join('');
  const text = file.bytes.toString('latin1');
  const lock = file.path === wholeFile ? text.search(/^[ \t]*-e[ \t]*[012]/m) : -1;
  if (lock === -1) return appended(file, file.before === null ? `# Written by plimsoll fix.\n${rules}` : rules);
  return Buffer.concat([
    Buffer.from(text.slice(0, lock), 'latin1'),
    Buffer.from(rules),
    Buffer.from(text.slice(lock), 'latin1'),
  ]);
}
