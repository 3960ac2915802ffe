import { defineControl, type ParameterDefinition } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { joinTexts, type Text } from '../../model/text.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';
import { objectOf } from './setting-value.ts';

const limits: ParameterDefinition<Readonly<Record<string, { readonly soft: number; readonly hard: number }>>> = {
  default: { nofile: { soft: 1024, hard: 65_536 }, nproc: { soft: 4096, hard: 8192 } },
  description: {
    en: 'The limits that must have a default, and the values that the remedy proposes.',
    zh: '必须有默认值的 ulimit，以及修复建议采用的数值。',
  },
};

export const daemonDefaultUlimits = defineControl({
  id: 'daemon-default-ulimits',
  subject: 'engine',
  severity: 'low',
  title: { en: 'The engine gives containers default ulimits', zh: '引擎为容器设置默认 ulimit' },
  why: {
    en: 'A container without ulimits of its own inherits those of the service that starts it, which are often high or unlimited: one faulty process can then use up files or processes for all.',
    zh: '未设置 ulimit 的容器会继承启动它的服务的限制，而后者往往很高甚至无限制：一个故障进程便可能耗尽所有容器的文件或进程名额。',
  },
  how: {
    en: 'Reads default-ulimits from the command line or the file: nofile and nproc must be there, each with its Name and with limits that are numbers above zero.',
    zh: '读取命令行或配置文件中的 default-ulimits：须包含 nofile 和 nproc，各自带有 Name，且上限为大于零的数值。',
  },
  references: {
    cisDocker: ['2.8'],
    nist800190: ['3.4.3'],
    links: ['https://docs.docker.com/reference/cli/dockerd/'],
  },
  parameters: { limits },
  engines: ['docker'],
  counterexample: { 'default-ulimits': null },

  judge(engine, { parameters }) {
    const setting = daemonSetting(engine, 'default-ulimits');
    if (!setting.known) return unknownFrom(setting);
    const evidence = evidenceOf(setting, setting.value ?? null);
    const written = objectOf(setting.value);
    const problems = Object.keys(parameters.limits).flatMap((name) => problemOf(name, written[name]) ?? []);
    if (problems.length === 0) {
      return pass({ en: 'Containers get default ulimits.', zh: '容器会获得默认 ulimit。' }, evidence);
    }
    const { en, zh } = joinTexts(problems);
    return fail({ en: `${en}.`, zh: `${zh}。` }, evidence, 'default-ulimits');
  },

  remedy(engine, { parameters }) {
    const setting = daemonSetting(engine, 'default-ulimits');
    const written = setting.known ? objectOf(setting.value) : {};
    // What is not asked for stays: memlock is often unlimited, and core zero, on purpose.
    const ulimits: Record<string, JsonValue | undefined> = { ...written };
    for (const [name, { soft, hard }] of Object.entries(parameters.limits)) {
      if (problemOf(name, written[name])) ulimits[name] = { Name: name, Soft: soft, Hard: hard };
    }
    return changeSettings(
      engine,
      { 'default-ulimits': ulimits },
      {
        en: 'Set default ulimits. nproc counts all processes of one user id on the host, so leave room for every container that shares it.',
        zh: '设置默认 ulimit。nproc 统计主机上同一用户 ID 的全部进程，请为共用该 ID 的所有容器留足余量。',
      },
    );
  },
});

/** What is wrong with one limit: `{ Name, Soft, Hard }` in the file, `soft:hard` or `both` on the command line. */
function problemOf(name: string, value: JsonValue | undefined): Text | undefined {
  if (value === undefined || value === null) return { en: `${name} is not set`, zh: `未设置 ${name}` };
  const { named, soft, hard } = typeof value === 'string' ? fromFlag(name, value) : fromFile(value);
  if (named !== name) {
    return {
      en: `${name} lacks "Name": "${name}", and no container starts with it`,
      zh: `${name} 缺少 "Name": "${name}"，容器会因此无法启动`,
    };
  }
  if (soft === -1 || hard === -1) return { en: `${name} is unlimited`, zh: `${name} 为无限制` };
  return isCount(soft) && isCount(hard) && soft <= hard
    ? undefined
    : { en: `${name} is not a valid limit`, zh: `${name} 不是有效的限制` };
}

interface Limit {
  readonly named: JsonValue | undefined;
  readonly soft: JsonValue | undefined;
  readonly hard: JsonValue | undefined;
}

function fromFlag(named: string, value: string): Limit {
  const [soft = '', hard = soft] = value.split(':');
  return { named, soft: Number(soft), hard: Number(hard) };
}

/** dockerd does not mind the case of these keys. */
function fromFile(value: JsonValue): Limit {
  const fields = new Map(Object.entries(objectOf(value)).map(([key, field]) => [key.toLowerCase(), field]));
  return { named: fields.get('name'), soft: fields.get('soft'), hard: fields.get('hard') };
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
