import { configured, type Ulimit } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { changeSpec } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from './listing.ts';

export const containerUlimits = defineControl({
  id: 'container-ulimits',
  subject: 'container',
  severity: 'low',
  title: { en: 'Ulimits are set', zh: '设置 ulimit' },
  why: {
    en: "Without ulimits of its own a container inherits those of the engine's service, which are unlimited as a rule: one process can use up open files, locked memory or other tables that the kernel keeps for the whole host.",
    zh: '未设置 ulimit 的容器会继承引擎服务的限制，而那通常是不受限的：一个进程就能耗尽文件句柄、锁定内存等由内核为整台主机维护的资源。',
  },
  how: {
    en: "Takes the container's ulimits together with the engine's default-ulimits, which hold wherever the container sets none of that name. At least one of them must be a real limit: -1 is none.",
    zh: '将容器的 ulimit 与引擎的 default-ulimits 合并判断，后者对容器未设置的同名项生效。其中至少一项须为有效限制，-1 不算。',
  },
  references: {
    cisDocker: ['5.19'],
    links: ['https://docs.docker.com/reference/cli/docker/container/run/'],
  },
  parameters: {
    openFiles: {
      default: 65_536,
      description: { en: 'The limit on open files that the remedy proposes.', zh: '修复建议采用的打开文件数上限。' },
    },
  },
  counterexample: {
    ulimits: [
      { name: 'nofile', soft: -1, hard: -1 },
      { name: 'nproc', soft: -1, hard: -1 },
    ],
  },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { machine }) {
    const { ulimits } = container;
    const own = configured(container, 'ulimits', Object.fromEntries(ulimits.map(({ name, hard }) => [name, hard])));
    const limited = ulimits.filter(isLimit).map(({ name }) => name);
    if (limited.length > 0) return pass(limitsWords(limited), own);
    if (!machine) {
      return notApplicable(
        {
          en: 'It sets none; the engine that runs it may have defaults.',
          zh: '自身未设置；运行它的引擎可能有默认值。',
        },
        own,
      );
    }
    if (machine.engine.kind === 'podman') {
      return unknown(
        { en: "It sets none; Podman's defaults are not read.", zh: '自身未设置；Podman 的默认值未被读取。' },
        { en: 'give the container ulimits of its own', zh: '为容器单独设置 ulimit' },
        own,
      );
    }
    const defaults = daemonSetting(machine.engine, 'default-ulimits');
    if (!defaults.known) return unknownFrom(defaults);
    const inherited = limitsIn(defaults.value).filter((name) => ulimits.every((each) => each.name !== name));
    const evidence = [own, evidenceOf(defaults, defaults.value ?? null)];
    return inherited.length > 0
      ? pass(limitsWords(inherited), evidence)
      : fail(
          { en: 'Neither it nor the engine sets a ulimit for it.', zh: '容器和引擎均未为其设置有效的 ulimit。' },
          evidence,
          'ulimits',
        );
  },

  remedy({ ulimits }, { parameters: { openFiles } }) {
    return changeSpec(
      {
        ulimits: [
          ...ulimits.filter(({ name }) => name !== 'nofile'),
          { name: 'nofile', soft: openFiles, hard: openFiles },
        ],
      },
      {
        en: `Limit it to ${openFiles} open files, or set "default-ulimits" for all containers of the engine.`,
        zh: `将打开文件数限制为 ${openFiles}，或为引擎的所有容器设置 "default-ulimits"。`,
      },
    );
  },
});

function isLimit({ hard }: Pick<Ulimit, 'hard'>): boolean {
  return hard >= 0;
}

/** The names that are really limited: `{ nofile: { Soft, Hard } }` from the file, `{ nofile: '1024:2048' }` from a flag. */
function limitsIn(setting: JsonValue | undefined): string[] {
  if (typeof setting !== 'object' || setting === null) return [];
  return Object.entries(setting).flatMap(([name, limit]: [string, JsonValue | undefined]) =>
    isLimit({ hard: hardOf(limit) }) ? [name] : [],
  );
}

function hardOf(limit: JsonValue | undefined): number {
  if (typeof limit === 'string') return Number(limit.split(':').at(-1) || -1);
  return isObject(limit) && typeof limit.Hard === 'number' ? limit.Hard : -1;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function limitsWords(names: readonly string[]): Text {
  const list = listed(names, names.length);
  return { en: `It has ulimits: ${list.en}.`, zh: `已设置 ulimit：${list.zh}。` };
}
