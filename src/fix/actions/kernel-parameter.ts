import { accessSync, constants } from 'node:fs';
import { basename } from 'node:path';
import type { ParameterStep, Refusal } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { namesIn } from '../../sources/host/file-status.ts';
import { fileDiff } from '../file-diff.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll } from '../planning.ts';
import { hostFailures } from './host-failures.ts';
import {
  overridingLine,
  type ParameterFile,
  type ParameterLine,
  parameterFiles,
  withParameters,
} from './kernel-parameter-files.ts';
import { openTextFile, writeTextFile } from './text-file.ts';

/** What is looked at here beside the plan's context. */
export interface ParameterSight {
  names(folder: string): readonly string[];
  /** Whether a file below `/proc/sys` may be written: not in a container, where that is read-only. */
  isWritable(path: string): boolean;
}

const thisHost: ParameterSight = {
  names: (folder) => namesIn(folder, ''),
  isWritable(path) {
    try {
      accessSync(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
};

/** The usual place, and the one for what a vendor's file would override. */
const places = ['/etc/sysctl.d/60-plimsoll.conf', '/etc/sysctl.d/99-zz-plimsoll.conf'] as const;

/** All kernel parameters in one action: now, and at each start. */
export function planKernelParameters(
  failures: readonly Failure[],
  context: PlanContext,
  sight: ParameterSight = thisHost,
): Planned {
  const own = hostFailures(failures, 'parameter');
  if (own.length === 0) return { actions: [], refused: [] };
  const all = own.map(({ failure }) => failure);
  const files = parameterFiles(context, (folder) => sight.names(folder));
  const wanted = new Map(
    own.flatMap(({ changes }) => changes.map(({ name, value }) => [name, wantedValue(name, value, files)])),
  );
  const place = placeFor(wanted, files);
  const file = openTextFile(place, context);
  if ('refused' in file) return { actions: [], refused: refusedAll(all, file.refused) };

  const obstacles = new Map(
    [...wanted].flatMap(([name, value]) => {
      const obstacle = obstacleTo(name, value, { context, sight, files, place });
      return obstacle ? [[name, obstacle] as const] : [];
    }),
  );
  const refused: Refusal[] = own.flatMap(({ failure, changes }) =>
    changes.flatMap(({ name }) => {
      const obstacle = obstacles.get(name);
      return obstacle ? refusedAll([failure], obstacle.reason, obstacle) : [];
    }),
  );
  const possible = new Map([...wanted].filter(([name]) => !obstacles.has(name)));
  if (possible.size === 0) return { actions: [], refused };
  // What a file sets so already needs no other.
  const unwritten = new Map([...possible].filter(([name, value]) => lineAtStart(files, name)?.value !== value));
  const text = withParameters(file.bytes.toString('latin1'), unwritten);
  const written = unwritten.size === 0 ? undefined : writeTextFile(file, Buffer.from(text, 'latin1'), context);
  // What is in force already has no other side to come back to.
  const steps = [...possible].flatMap(([name, after]): ParameterStep[] => {
    const before = valueOf(name, context) ?? '';
    return before === after ? [] : [{ kind: 'parameter', name, before, after }];
  });
  return {
    actions: [
      {
        id: 'kernel-parameter',
        kind: 'kernel-parameter',
        // What is refused in part does not pass yet.
        answers: answeredBy(all.filter((failure) => !refused.some((each) => isOf(each, failure)))),
        summary: summaryOf(
          possible,
          own.flatMap(({ changes }) => changes),
          written?.path,
        ),
        diff: [
          ...(written ? [fileDiff(written.path, written.before, written.after)] : []),
          ...steps.flatMap(({ name, before, after }) => [`- ${name} = ${before}\n`, `+ ${name} = ${after}\n`]),
        ].join(''),
        disruption: 'none',
        affects: [],
        steps: written ? [written, ...steps] : steps,
      },
    ],
    refused,
  };
}

function isOf({ control, subject }: Refusal, failure: Failure): boolean {
  return control === failure.control.id && subject === failure.subject.id;
}

/** Values that the kernel does not take back before the next start, and the strictest that it does. */
const locks: Readonly<Record<string, { readonly value: string; readonly instead?: string }>> = {
  'kernel.kexec_load_disabled': { value: '1' },
  'kernel.modules_disabled': { value: '1' },
  'kernel.unprivileged_bpf_disabled': { value: '1', instead: '2' },
  'kernel.yama.ptrace_scope': { value: '3', instead: '2' },
};

/**
 * Unprivileged BPF is forbidden by 2 as by 1, and root can lower that again. Where more is stricter, a file that sets
 * more at each start is right: nothing here makes the next start laxer.
 */
function wantedValue(name: string, value: string, files: readonly ParameterFile[]): string {
  const least = name === 'kernel.unprivileged_bpf_disabled' && value === '1' ? '2' : value;
  const atStart = lineAtStart(files, name)?.value ?? '';
  return Number(least) > 0 && Number(atStart) > Number(least) ? atStart : least;
}

/** The line that decides over a parameter when the host starts. */
function lineAtStart(files: readonly ParameterFile[], name: string): ParameterLine | undefined {
  return files.flatMap(({ lines }) => lines).findLast((line) => line.name === name);
}

function valueOf(name: string, { machine }: PlanContext): string | undefined {
  const { parameters } = machine.host.kernel;
  return parameters.known ? parameters.value[name]?.trim().replaceAll(/\s+/g, ' ') : undefined;
}

/** A vendor's file that is read later is overridden by a later name; an administrator's own word is not. */
function placeFor(wanted: ReadonlyMap<string, string>, files: readonly ParameterFile[]): string {
  const [usual, late] = places;
  if (files.some(({ path }) => path === late)) return late;
  const overriding = [...wanted].flatMap(([name, value]) => overridingLine(files, usual, name, value) ?? []);
  return overriding.some((line) => !isOfAdministrator(line)) ? late : usual;
}

function isOfAdministrator({ path }: ParameterLine): boolean {
  return path.startsWith('/etc/');
}

interface Obstacle {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}

interface Circumstances {
  readonly context: PlanContext;
  readonly sight: ParameterSight;
  readonly files: readonly ParameterFile[];
  readonly place: string;
}

function obstacleTo(
  name: string,
  value: string,
  { context, sight, files, place }: Circumstances,
): Obstacle | undefined {
  const lock = locks[name];
  if (lock?.value === value) return lockObstacle(name, value, lock.instead);
  if (valueOf(name, context) === undefined) {
    return { reason: { en: `this kernel has no ${name}`, zh: `当前内核没有 ${name}` } };
  }
  const path = `/proc/sys/${name.replaceAll(/[./]/g, (each) => (each === '.' ? '/' : '.'))}`;
  if (!sight.isWritable(path)) {
    return {
      reason: {
        en: `${path} may not be written here: it is read-only in a container, and belongs to root`,
        zh: `此处无法写入 ${path}：它在容器中只读，且属于 root`,
      },
      advice: { en: 'Run it as root on the host itself.', zh: '请在主机上以 root 身份运行。' },
    };
  }
  const line = overridingLine(files, place, name, value);
  return line ? overrideObstacle(line, value) : undefined;
}

function lockObstacle(name: string, value: string, instead: string | undefined): Obstacle {
  return {
    reason: {
      en: `the kernel does not take back ${name}=${value} before the next start`,
      zh: `${name}=${value} 在下次启动前无法撤销`,
    },
    ...(instead === undefined
      ? {
          advice: {
            en: 'Set it by hand once everything that the host needs is loaded.',
            zh: '待主机所需内容全部加载后手工设置。',
          },
        }
      : { advice: { en: `${name}=${instead} can be taken back.`, zh: `${name}=${instead} 可以撤销。` } }),
    commands: [`sysctl -w ${name}=${instead ?? value}`],
  };
}

function overrideObstacle({ path, line, name, value }: ParameterLine, wanted: string): Obstacle {
  return {
    reason: {
      en: `line ${line} of ${path} sets ${name} to ${value} at each start, after ${basename(places[0])} is read`,
      zh: `${path} 第 ${line} 行在每次启动时将 ${name} 设为 ${value}，且读取顺序在 ${basename(places[0])} 之后`,
    },
    advice: {
      en: `Change that line to ${name} = ${wanted}, or take it out, and plan again.`,
      zh: `将该行改为 ${name} = ${wanted} 或删除，然后重新规划。`,
    },
    commands: [`sysctl -w ${name}=${wanted}`],
  };
}

function summaryOf(
  settings: ReadonlyMap<string, string>,
  changes: readonly { readonly name: string; readonly value: string }[],
  file: string | undefined,
): Text {
  const words = [...settings].map(([name, value]) => `${name}=${value}`);
  const replaced = changes.filter(({ name, value }) => locks[name]?.value === value && settings.has(name));
  const en = replaced.map(
    ({ name, value }) => ` ${name} is set to ${settings.get(name)}, since ${value} could not be taken back.`,
  );
  const zh = replaced.map(({ name, value }) => `${name} 设为 ${settings.get(name)}，因为 ${value} 无法撤销。`);
  const place: Text = file
    ? { en: `, and in ${file} for each start`, zh: `，并写入 ${file} 供每次启动使用` }
    : { en: '; for each start a file sets them already', zh: '，启动时的设置已在文件中' };
  return {
    en: `Sets kernel parameters now${place.en}: ${words.join(', ')}.${en.join('')}`,
    zh: `立即设置内核参数${place.zh}：${words.join('、')}。${zh.join('')}`,
  };
}
