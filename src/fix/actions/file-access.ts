import { posix } from 'node:path';
import type { AccessStep, Action, Affected, FileAccess, Refusal } from '../../model/plan.ts';
import type { FileStatus } from '../../model/host-file.ts';
import type { Text } from '../../model/text.ts';
import { namesIn } from '../../sources/host/file-status.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll } from '../planning.ts';
import { readAccess } from '../steps/access.ts';
import { hostFailures, type HostFailure } from './host-failures.ts';
import { type NextStart, socketAtNextStart } from './socket-at-start.ts';

/** What is looked at here beside the plan's context. */
export interface AccessSight {
  names(folder: string): readonly string[];
  /** Absent where nothing is, or a link. */
  access(path: string): FileAccess | undefined;
  /** As whom this process works. */
  readonly uid: number;
}

const thisHost: AccessSight = {
  names: (folder) => namesIn(folder, ''),
  access: readAccess,
  uid: process.geteuid?.() ?? 0,
};

type AccessFailure = HostFailure<'mode' | 'owner'>;

/** Mode and owner of files: an action for each, and one for those that one finding names together. */
export function planFileAccess(
  failures: readonly Failure[],
  context: PlanContext,
  sight: AccessSight = thisHost,
): Planned {
  const own = hostFailures(failures, 'mode', 'owner');
  const obstacles = new Map<string, Obstacle>();
  const steps = new Map<string, AccessStep>();
  for (const path of new Set(own.flatMap(pathsOf))) {
    const step = stepFor(path, own, context);
    const obstacle = 'reason' in step ? step : obstacleTo(step, context, sight);
    if (obstacle) obstacles.set(path, obstacle);
    else if (!('reason' in step)) steps.set(path, step);
  }
  const refused = own.flatMap((each): Refusal[] =>
    [...new Set(pathsOf(each))].flatMap((path) => {
      const obstacle = obstacles.get(path);
      return obstacle ? refusedAll([each.failure], obstacle.reason, obstacle) : [];
    }),
  );
  const actions = together(own).flatMap((group) => {
    const paths = [...new Set(group.flatMap(pathsOf))].toSorted();
    const possible = paths.flatMap((path) => steps.get(path) ?? []);
    // What is refused in part does not pass yet.
    const answered = group.filter((each) => pathsOf(each).every((path) => steps.has(path)));
    return possible.length === 0 ? [] : [actionOf(possible, answered, context, sight)];
  });
  return { actions, refused };
}

function pathsOf({ changes }: AccessFailure): string[] {
  return changes.map(({ path }) => path);
}

/** Failures that have a path in common, directly or through others: they can only be proven together. */
function together(failures: readonly AccessFailure[]): AccessFailure[][] {
  let groups: AccessFailure[][] = [];
  for (const failure of failures) {
    const paths = new Set(pathsOf(failure));
    const touches = (group: readonly AccessFailure[]) =>
      group.some((each) => pathsOf(each).some((path) => paths.has(path)));
    groups = [...groups.filter((group) => !touches(group)), [...groups.filter(touches).flat(), failure]];
  }
  return groups;
}

interface Obstacle {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}

function stepFor(path: string, failures: readonly AccessFailure[], context: PlanContext): AccessStep | Obstacle {
  const status = statusesOf(context).find(({ realPath }) => realPath === path);
  if (!status) return { reason: { en: `${path} was not looked at`, zh: `未读取 ${path} 的状态` } };
  const changes = failures.flatMap((each) => each.changes).filter((change) => change.path === path);
  const before = { mode: status.mode, uid: status.uid, gid: status.gid };
  const owners = changes.filter((change) => change.kind === 'owner');
  const [owner] = owners;
  if (owner && owners.some(({ uid, gid }) => uid !== owner.uid || gid !== owner.gid)) {
    return {
      reason: {
        en: `two findings want ${path} to belong to different owners`,
        zh: `两个检查项要求 ${path} 属于不同的属主`,
      },
    };
  }
  const mode = changes.reduce((bits, change) => (change.kind === 'mode' ? bits & change.mode : bits), status.mode);
  const after = { mode, uid: owner?.uid ?? status.uid, gid: owner?.gid ?? status.gid };
  return { kind: 'access', path, before, after };
}

function statusesOf({ machine: { host } }: PlanContext): FileStatus[] {
  const files = Object.values(host.files).flatMap((fact) => (fact.known ? fact.value : []));
  return [...files, ...(host.bindSources.known ? Object.values(host.bindSources.value) : [])];
}

function obstacleTo(step: AccessStep, context: PlanContext, sight: AccessSight): Obstacle | undefined {
  const { path } = step;
  const real = context.realPath(path);
  if (real !== path) {
    return {
      reason: {
        en: `${path} now is ${real === undefined ? 'not there' : `a link to ${real}`}`,
        zh: `${path} 现在${real === undefined ? '不存在' : `是指向 ${real} 的符号链接`}`,
      },
      advice: { en: 'Look at it, and plan again.', zh: '请检查后重新规划。' },
    };
  }
  return linkObstacle(path, context) ?? folderObstacle(step, sight) ?? socketObstacle(step, context, sight);
}

/** A file that its name only leads to may be everybody's: the certificates of the whole system, say. */
function linkObstacle(path: string, context: PlanContext): Obstacle | undefined {
  const link = statusesOf(context).find((status) => {
    if (status.realPath !== path || status.kind === 'folder') return false;
    const folder = context.realPath(posix.dirname(status.path));
    if (folder === undefined || posix.join(folder, posix.basename(status.path)) === path) return false;
    return !path.startsWith(`${folder}/`);
  });
  return (
    link && {
      reason: {
        en: `${link.path} is a link to ${path}, which others may use too`,
        zh: `${link.path} 是指向 ${path} 的符号链接，后者可能还有其他用途`,
      },
      advice: {
        en: `Put a file of its own in place of the link, or change ${path} by hand.`,
        zh: `请用独立的文件替换该链接，或手工更改 ${path}。`,
      },
    }
  );
}

/** Whoever may rename things in a folder can put a link to another file there while it is changed. */
function folderObstacle({ path, before }: AccessStep, sight: AccessSight): Obstacle | undefined {
  const isTrusted = (uid: number) => uid === 0 || uid === sight.uid;
  const open = foldersAbove(path).find((folder) => {
    const access = sight.access(folder);
    if (access === undefined || !isTrusted(access.uid)) return true;
    const isShared = (access.mode & 0o002) !== 0 || ((access.mode & 0o020) !== 0 && access.gid !== 0);
    return isShared && !((access.mode & 0o1000) !== 0 && isTrusted(before.uid));
  });
  if (open === undefined) return undefined;
  return {
    reason: {
      en: `others than root may rename things in ${open}, and could put a link in the place of ${path}`,
      zh: `root 以外的用户可以在 ${open} 中重命名，可能把 ${path} 换成符号链接`,
    },
    advice: { en: 'Change it by hand while nobody works there.', zh: '请在无人使用时手工更改。' },
  };
}

/** The nearest first. */
function foldersAbove(path: string): string[] {
  return path === '/' ? [] : [posix.dirname(path), ...foldersAbove(posix.dirname(path))];
}

function socketObstacle(step: AccessStep, context: PlanContext, sight: AccessSight): Obstacle | undefined {
  const next = nextStartOf(step, context, sight);
  if (!next) return undefined;
  const { mode = 0, uid, gid } = next;
  const { before, after } = step;
  const loses = [
    ...(after.mode !== before.mode && (mode & ~after.mode) !== 0 ? [modeText(mode)] : []),
    ...(after.uid !== before.uid && uid !== undefined && uid !== after.uid ? [`uid ${uid}`] : []),
    ...(after.gid !== before.gid && gid !== undefined && gid !== after.gid ? [`gid ${gid}`] : []),
  ];
  if (loses.length === 0) return undefined;
  return {
    reason: {
      en: `${step.path} is made anew at each start, and ${next.source} then gives it ${loses.join(', ')}`,
      zh: `${step.path} 每次启动都会重新创建，届时 ${next.source} 会将其设为 ${loses.join('、')}`,
    },
    advice: next.advice,
    commands: next.commands,
  };
}

function nextStartOf({ path, after }: AccessStep, context: PlanContext, sight: AccessSight): NextStart | undefined {
  const { files } = context.machine.host;
  const has = (role: 'engine-socket' | 'containerd-socket') =>
    files[role].known && files[role].value.some(({ realPath, kind }) => realPath === path && kind === 'socket');
  if (has('engine-socket')) return socketAtNextStart('engine', context, sight, after);
  return has('containerd-socket') ? socketAtNextStart('containerd', context, sight, after) : undefined;
}

function actionOf(
  steps: readonly AccessStep[],
  answered: readonly AccessFailure[],
  context: PlanContext,
  sight: AccessSight,
): Action {
  const words = steps.map(({ path, before, after }) => `${path} (${accessText(before)} → ${accessText(after)})`);
  const fleeting = steps.filter(({ path }) => /^(?:\/var)?\/run\//.test(path));
  const sockets = fleeting.filter((step) => nextStartOf(step, context, sight)).map(({ path }) => path);
  const note: Text =
    sockets.length > 0
      ? {
          en: ` ${sockets.join(', ')} is made anew at each start, and not wider than this then.`,
          zh: `${sockets.join('、')} 每次启动都会重新创建，届时权限同样不会更宽。`,
        }
      : fleeting.length > 0
        ? {
            en: ` What lies in /run is made anew when the host starts, as its own program makes it.`,
            zh: '/run 中的内容会在主机启动时由其程序重新创建。',
          }
        : { en: '', zh: '' };
  return {
    id: `file-access${steps[0]?.path ?? ''}`,
    kind: 'file-access',
    answers: answeredBy(answered.map(({ failure }) => failure)),
    summary: {
      en: `Changes mode and owner: ${words.join(', ')}.${note.en}`,
      zh: `更改权限和属主：${words.join('、')}。${note.zh}`,
    },
    diff: steps
      .map(({ path, before, after }) => `- ${path} ${accessText(before)}\n+ ${path} ${accessText(after)}\n`)
      .join(''),
    disruption: 'none',
    affects: affectedBy(steps, context),
    steps,
  };
}

/** Containers that run and see the file through a mount. */
function affectedBy(steps: readonly AccessStep[], { machine }: PlanContext): Affected[] {
  return machine.containers.flatMap(({ name, state, mounts }): Affected[] => {
    if (state !== 'running') return [];
    const seen = steps.filter(({ path }) =>
      mounts.some(({ hostPath, source = '' }) => {
        const place = hostPath ?? source;
        return place.startsWith('/') && (path === place || path.startsWith(place === '/' ? '/' : `${place}/`));
      }),
    );
    if (seen.length === 0) return [];
    const paths = seen.map(({ path }) => path);
    return [
      {
        container: name,
        effect: 'may-break',
        why: {
          en: `it is given ${paths.join(', ')}, and may need the rights that are taken away`,
          zh: `它挂载了 ${paths.join('、')}，可能需要被去除的权限`,
        },
      },
    ];
  });
}

function accessText({ mode, uid, gid }: FileAccess): string {
  return `${modeText(mode)} ${uid}:${gid}`;
}

function modeText(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
