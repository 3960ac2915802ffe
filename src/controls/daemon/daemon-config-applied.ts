import { defineControl } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand, changeDaemon } from '../../model/remedy.ts';
import { joinTexts, type Text } from '../../model/text.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { compareSettings } from './effective-settings.ts';
import { reloadCommands, restartCommands } from './engine-service.ts';

/** Milliseconds by which the start of a process can be off: the kernel counts from a whole second. */
const clockTolerance = 1000;

export const daemonConfigApplied = defineControl({
  id: 'daemon-config-applied',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'The running engine uses the configuration on disk', zh: '运行中的引擎使用磁盘上的配置' },
  why: {
    en: 'A setting that was written but never taken over protects nobody, and a mistake in it shows only at the next restart, when nobody expects it.',
    zh: '只写入而未生效的设置起不到任何保护作用；其中的错误也要到下次重启时才会意外暴露。',
  },
  how: {
    en: 'Compares the times of daemon.json and of the unit files with the start of the process. Where daemon.json is newer, every key in it must be seen in force in the answers of the engine; a key that they do not show leaves it unknown. What was taken out of the file, or went with it, is noticed only where the engine shows it.',
    zh: '将 daemon.json 和 unit 文件的修改时间与进程启动时间比较。若 daemon.json 较新，则其中每个键都须能在引擎的应答中看到已生效；应答中不展示的键判为未知。从文件中删去、或随文件一同删除的键仅在引擎会展示时才能发现。',
  },
  references: { links: ['https://docs.docker.com/engine/daemon/'] },
  engines: ['docker'],

  judge(engine) {
    const { process, configuration, units } = engine;
    if (!process.known) return unknownFrom(process);
    if (!configuration.known) return unknownFrom(configuration);
    const started: Evidence = {
      source: process.source,
      path: `${process.path} started`,
      value: new Date(process.value.started).toISOString(),
    };
    const unitFiles = newerUnits(engine);
    const times = isFileNewer(engine)
      ? [started, modified(configuration.value?.file ?? '', configuration.value?.modified ?? 0)]
      : [started];
    const evidence = [...times, ...unitFiles.map((file) => modified(file.path, file.modified))];
    const { differing, uncertain } = compared(engine);
    const causes = joinTexts(
      causesOf(
        isGone(engine),
        differing,
        uncertain,
        unitFiles.map(({ path }) => path),
      ),
    );
    const message = {
      en: `The configuration has changed since the engine started: ${causes.en}.`,
      zh: `配置在引擎启动后有改动：${causes.zh}。`,
    };
    if (differing.length > 0 && isGone(engine)) {
      return fail(
        {
          en: `${configuration.path} is gone, and what it must have said is still in force: ${causes.en}.`,
          zh: `${configuration.path} 已不存在，但其中的设置应仍在生效：${causes.zh}。`,
        },
        [...evidence, evidenceOf(configuration)],
        differing[0],
      );
    }
    if (differing.length > 0 || unitFiles.length > 0) return fail(message, evidence, differing[0]);
    if (uncertain.length > 0) return unknown(message, restartToBeSure, evidence);
    if (!units.known) return unknownFrom(units);
    if (isGone(engine) && !engine.info.known) return unknownFrom(engine.info);
    return isFileNewer(engine)
      ? pass({ en: 'The file is newer, and all of it is in force.', zh: '文件较新，但其内容均已生效。' }, evidence)
      : pass(
          { en: 'The configuration is older than the process.', zh: '配置早于进程启动。' },
          configuration.value === null
            ? [started, evidenceOf(configuration)]
            : [started, modified(configuration.value.file, configuration.value.modified)],
        );
  },

  remedy(engine) {
    const { differing, uncertain } = compared(engine);
    return newerUnits(engine).length === 0 && isReloadEnough(engine, [...differing, ...uncertain])
      ? byHand(reloadSummary, reloadCommands(engine), 'reload')
      : byHand(
          {
            en: 'Check the configuration, put back what was taken away by mistake and restart the engine; with live-restore containers keep running.',
            zh: '检查配置，恢复误删的内容，然后重启引擎；启用 live-restore 时容器会保持运行。',
          },
          restartCommands(engine),
          'daemon-restart',
        );
  },
});

const restartToBeSure: Text = {
  en: 'a restart of the engine, after which the file is in force or dockerd says why not',
  zh: '重启引擎：此后配置文件即生效，否则 dockerd 会报告原因',
};

const reloadSummary: Text = {
  en: 'Let the engine read its configuration again: a reload is enough for these keys.',
  zh: '让引擎重新加载配置：这些键只需 reload 即可生效。',
};

/** A reload takes over what the file says, and leaves as it is what the file no longer mentions. */
function isReloadEnough({ configuration }: EngineFacts, keys: readonly string[]): boolean {
  const values = configuration.known ? configuration.value?.values : undefined;
  const changes = keys.map((key) => [key, values?.[key]] as const);
  const isWritten = changes.every(([, value]) => value !== undefined);
  return (
    isWritten && changes.length > 0 && changeDaemon(Object.fromEntries(changes), reloadSummary).disruption === 'reload'
  );
}

function isFileNewer({ process, configuration }: EngineFacts): boolean {
  if (!process.known || !configuration.known || configuration.value === null) return false;
  return configuration.value.modified > process.value.started + clockTolerance;
}

function isGone({ configuration }: EngineFacts): boolean {
  return configuration.known && configuration.value === null;
}

/** A file that is not there has no time: perhaps it was there when the engine started. */
function compared(engine: EngineFacts): ReturnType<typeof compareSettings> {
  return isFileNewer(engine) || isGone(engine) ? compareSettings(engine) : { differing: [], uncertain: [] };
}

function newerUnits({ process, units }: EngineFacts) {
  if (!process.known || !units.known) return [];
  const { started } = process.value;
  return (units.value?.files ?? []).filter((file) => file.modified > started + clockTolerance);
}

function modified(path: string, milliseconds: number): Evidence {
  return { source: 'file', path: `${path} modified`, value: new Date(milliseconds).toISOString() };
}

function causesOf(
  fileIsGone: boolean,
  differing: readonly string[],
  uncertain: readonly string[],
  unitFiles: readonly string[],
): Text[] {
  const causes: Text[] = [];
  if (differing.length > 0) {
    causes.push(
      fileIsGone
        ? { en: differing.join(', '), zh: differing.join('、') }
        : { en: `not in force: ${differing.join(', ')}`, zh: `未生效：${differing.join('、')}` },
    );
  }
  if (uncertain.length > 0) {
    causes.push({
      en: `not shown by the engine, so perhaps not in force: ${uncertain.join(', ')}`,
      zh: `引擎不展示、可能未生效：${uncertain.join('、')}`,
    });
  }
  if (unitFiles.length > 0) {
    causes.push({ en: `newer units: ${unitFiles.join(', ')}`, zh: `unit 文件较新：${unitFiles.join('、')}` });
  }
  return causes;
}
