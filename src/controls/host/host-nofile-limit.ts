import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf, type Fact, known } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from '../daemon/setting-change.ts';
import { objectOf } from '../daemon/setting-value.ts';

export const hostNofileLimit = defineControl({
  id: 'host-nofile-limit',
  subject: 'engine',
  severity: 'low',
  title: { en: 'What containers may open has an end that was chosen', zh: '容器可打开的文件数有明确设定的上限' },
  why: {
    en: 'Without an end one container can use up the open files of the whole host. Programs that prepare a slot for each file they might open, as databases do, also take gigabytes of memory when the number is in the billions.',
    zh: '没有上限时，单个容器就能耗尽整台主机的文件句柄。某些程序（如数据库）会为每个可能打开的文件预留空间，上限达十亿级时将占用数 GB 内存。',
  },
  how: {
    en: 'Takes the hard limit in default-ulimits, which new containers get; where none is set they inherit that of the service that starts them. Where the engine started its containerd itself, that is the limit of the engine that the kernel shows; where containerd is a service of its own, the limit of the engine is only a sign, and a low one proves nothing. It must not be unlimited, nor above the parameter.',
    zh: '以新容器获得的 default-ulimits 硬上限为准；未设置时，容器继承启动它的服务的限制：若 containerd 由引擎自行启动，即为内核显示的引擎进程上限；若 containerd 是独立服务，引擎的上限只能作为参考，数值低也不足以证明。不得为无限制，也不得超过参数值。',
  },
  references: { cisDocker: ['2.8'], nist800190: ['3.4.3'], links: ['https://docs.docker.com/reference/cli/dockerd/'] },
  parameters: {
    maximum: {
      default: 1_048_576,
      description: { en: 'The highest limit that passes.', zh: '允许的最高上限。' },
    },
  },
  engines: ['docker'],
  counterexample: { 'default-ulimits': { nofile: { Name: 'nofile', Soft: -1, Hard: -1 } } },

  judge(engine, { parameters }) {
    const limit = limitOf(engine);
    if (!limit.known) return unknownFrom(limit);
    if (limit.value === undefined) {
      return notApplicable({ en: 'The kernel shows no limit of open files.', zh: '内核未显示打开文件数的限制。' });
    }
    const isFinite = Number.isFinite(limit.value);
    // JSON has no infinity.
    const evidence = evidenceOf(limit, isFinite ? limit.value : 'unlimited');
    if (limit.value > parameters.maximum) {
      const most = parameters.maximum;
      return fail(
        isFinite
          ? {
              en: `Containers may open ${limit.value} files, more than ${most}.`,
              zh: `容器最多可打开 ${limit.value} 个文件，超过 ${most} 个。`,
            }
          : {
              en: `Containers may open any number of files, more than ${most}.`,
              zh: `容器可打开的文件数不受限制，应不超过 ${most} 个。`,
            },
        evidence,
        'default-ulimits',
      );
    }
    if (limit.source === 'kernel' && hasForeignContainerd(engine)) {
      return unknown(
        {
          en: `The engine itself may open ${limit.value} files; containers get the limit of the containerd that starts them, which was not read.`,
          zh: `引擎自身最多可打开 ${limit.value} 个文件；容器继承启动它们的 containerd 的限制，该限制未读取。`,
        },
        {
          en: 'set nofile in default-ulimits, or look at the output of systemctl show -p LimitNOFILE containerd',
          zh: '在 default-ulimits 中设置 nofile，或查看 systemctl show -p LimitNOFILE containerd 的输出',
        },
        evidence,
      );
    }
    return pass(
      { en: `Containers may open ${limit.value} files.`, zh: `容器最多可打开 ${limit.value} 个文件。` },
      evidence,
    );
  },

  remedy(engine, { parameters }) {
    const setting = daemonSetting(engine, 'default-ulimits');
    const written = setting.known ? objectOf(setting.value) : {};
    const hard = Math.min(65_536, parameters.maximum);
    const nofile = { Name: 'nofile', Soft: Math.min(1024, hard), Hard: hard };
    return changeSettings(
      engine,
      { 'default-ulimits': { ...written, nofile } },
      {
        en: 'Give containers a default limit of open files; one that needs more gets its own with --ulimit.',
        zh: '为容器设置默认的打开文件数限制；需要更多的容器用 --ulimit 单独设置。',
      },
    );
  },
});

/** The containerd that starts containers is not a child of the engine, so that its limits are those of another service. */
function hasForeignContainerd(engine: EngineFacts): boolean {
  const { info } = engine;
  const setting = daemonSetting(engine, 'containerd');
  const told = setting.known && typeof setting.value === 'string' ? setting.value : '';
  return ((info.known ? info.value.containerdAddress : undefined) ?? told).includes('/run/containerd/');
}

/** The hard limit that a new container gets. */
function limitOf(engine: EngineFacts): Fact<number | undefined> {
  const setting = daemonSetting(engine, 'default-ulimits');
  if (!setting.known) return setting;
  const hard = hardLimit(objectOf(setting.value)['nofile']);
  if (hard !== undefined) return { ...setting, value: hard };
  const { process } = engine;
  if (!process.known) return process;
  return known(process.value.openFiles?.hard, process.source, `${process.path}/limits Max open files`);
}

/** `{ Name, Soft, Hard }` in the file, `soft:hard` or `both` on the command line; -1 is no limit. */
function hardLimit(value: JsonValue | undefined): number | undefined {
  const fields = new Map(Object.entries(objectOf(value)).map(([key, field]) => [key.toLowerCase(), field]));
  const written = typeof value === 'string' ? (value.split(':').at(-1) ?? '') : fields.get('hard');
  if (written === undefined || written === null || written === '') return undefined;
  const number = Number(written);
  if (Number.isNaN(number)) return undefined;
  return number < 0 ? Infinity : number;
}
