import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf, type Fact, known, mapFact } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';

export const daemonLogLevelInfo = defineControl({
  id: 'daemon-log-level-info',
  subject: 'engine',
  severity: 'low',
  title: { en: 'The engine logs at level info', zh: '引擎的日志级别为 info' },
  why: {
    en: 'Above info the log no longer tells who started what, which an investigation needs. Below it the log fills with detail and can show what requests carried.',
    zh: '级别高于 info 时，日志不再记录谁启动了什么，事后调查缺少依据；低于 info 时细节泛滥，还可能泄露请求内容。',
  },
  how: {
    en: 'Asks the running engine whether it debugs, and its configuration where it does not answer. The level itself comes from the command line or the file; none set is info.',
    zh: '查询运行中的引擎是否处于 debug 模式，查询不到时看配置。日志级别取自命令行或配置文件，未设置即为 info。',
  },
  references: { cisDocker: ['2.3'], links: ['https://docs.docker.com/engine/daemon/logs/'] },
  parameters: {
    levels: {
      default: ['info'] as string[],
      description: { en: 'Log levels that are accepted.', zh: '可接受的日志级别。' },
    },
  },
  engines: ['docker'],
  counterexample: { debug: true, 'log-level': 'debug' },

  judge(engine, { parameters }) {
    const debug = debugOf(engine);
    if (debug.known && debug.value) {
      return fail({ en: 'The engine runs in debug mode.', zh: '引擎处于 debug 模式。' }, evidenceOf(debug), 'debug');
    }
    const setting = daemonSetting(engine, 'log-level');
    if (!setting.known) return unknownFrom(setting);
    const level = levelOf(setting.value);
    const evidence = evidenceOf(setting, setting.value ?? null);
    if (!parameters.levels.includes(level)) {
      return fail(
        { en: `The engine logs at level ${level}.`, zh: `引擎的日志级别为 ${level}。` },
        evidence,
        'log-level',
      );
    }
    if (!debug.known) return unknownFrom(debug);
    return pass({ en: `The engine logs at level ${level}.`, zh: `引擎的日志级别为 ${level}。` }, [
      evidenceOf(debug),
      evidence,
    ]);
  },

  remedy(engine, { parameters }) {
    const set: Record<string, JsonValue> = {};
    const debug = debugOf(engine);
    // Without the key a reload would leave debug mode as it is.
    if (debug.known && debug.value) set['debug'] = false;
    const level = daemonSetting(engine, 'log-level');
    if (level.known && !parameters.levels.includes(levelOf(level.value))) set['log-level'] = 'info';
    return changeSettings(engine, set, {
      en: 'Switch debug mode off and log at level info.',
      zh: '关闭 debug 模式，日志级别设为 info。',
    });
  },
});

function debugOf(engine: EngineFacts): Fact<boolean> {
  const { info } = engine;
  if (info.known && info.value.debug !== undefined) return known(info.value.debug, info.source, `${info.path} Debug`);
  return mapFact(daemonSetting(engine, 'debug'), (value) => value === true);
}

/** dockerd does not mind the case. */
function levelOf(value: JsonValue | undefined): string {
  return typeof value === 'string' && value !== '' ? value.toLowerCase() : 'info';
}
