import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf, type Fact, known, type KnownFact, mapFact } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { restartCommands } from './engine-service.ts';
import { changeSettings } from './setting-change.ts';
import { objectOf } from './setting-value.ts';

export const daemonExperimentalOff = defineControl({
  id: 'daemon-experimental-off',
  subject: 'engine',
  severity: 'low',
  title: { en: 'No experimental feature of the engine is on', zh: '引擎未启用实验性功能' },
  why: {
    en: 'What is experimental is tried less, may change or go with any release, and widens what an attacker can reach.',
    zh: '实验性功能测试不足，随时可能变更或移除，并且扩大了攻击面。',
  },
  how: {
    en: 'Asks the running engine whether it is experimental, and its configuration only where it does not say; the experimental switch of the command-line client does not count. A key of features that is on must be among the reviewed ones.',
    zh: '查询运行中的引擎是否处于实验模式，查询不到时才看配置；命令行客户端的实验开关不算。features 中已启用的键必须在已评审之列。',
  },
  references: { cisDocker: ['2.18'], links: ['https://docs.docker.com/reference/cli/dockerd/'] },
  parameters: {
    reviewedFeatures: {
      default: ['buildkit', 'cdi', 'containerd-snapshotter', 'containerd-migration'] as string[],
      description: { en: 'Keys of features that may be on.', zh: '允许启用的 features 键。' },
    },
  },
  engines: ['docker'],
  counterexample: { experimental: true },

  judge(engine, { parameters }) {
    const experimental = experimentalOf(engine);
    if (experimental.known && experimental.value) {
      return fail(
        { en: 'The engine runs with experimental features.', zh: '引擎启用了实验性功能。' },
        evidenceOf(experimental),
        'experimental',
      );
    }
    const features = daemonSetting(engine, 'features');
    const unreviewed = features.known ? unreviewedOf(features.value, parameters.reviewedFeatures) : [];
    if (features.known && unreviewed.length > 0) {
      return fail(
        {
          en: `These features are on and not reviewed: ${unreviewed.join(', ')}.`,
          zh: `以下 features 已启用但未经评审：${unreviewed.join('、')}。`,
        },
        evidenceOf(features),
        'features',
      );
    }
    if (!experimental.known) return unknownFrom(experimental);
    if (!features.known) return unknownFrom(features);
    return pass({ en: 'No experimental feature is on.', zh: '未启用实验性功能。' }, [
      evidenceOf(experimental),
      evidenceOf(features, features.value ?? null),
    ]);
  },

  remedy(engine, { parameters }) {
    const set: Record<string, JsonValue> = {};
    const experimental = daemonSetting(engine, 'experimental');
    if (experimental.known && experimental.value === true) set['experimental'] = null;
    const features = daemonSetting(engine, 'features');
    const written = features.known ? objectOf(features.value) : {};
    const unreviewed = unreviewedOf(written, parameters.reviewedFeatures);
    if (unreviewed.length > 0) {
      const kept = Object.entries(written).filter(([name]) => !unreviewed.includes(name));
      set['features'] = kept.length > 0 ? Object.fromEntries(kept) : null;
    }
    if (Object.keys(set).length === 0) {
      return byHand(
        {
          en: 'Nothing in the configuration asks for it any more: restart the engine.',
          zh: '配置中已无此项：请重启引擎。',
        },
        restartCommands(engine),
        'daemon-restart',
      );
    }
    return changeSettings(engine, set, {
      en: `Take out what switches them on: ${Object.keys(set).join(', ')}.`,
      zh: `移除启用它们的配置：${Object.keys(set).join('、')}。`,
    });
  },
});

/** The API says it in two places, and an old engine may leave one of them out. */
function experimentalOf(engine: EngineFacts): Fact<boolean> {
  const { info, version } = engine;
  const answers: KnownFact<boolean>[] = [];
  if (info.known && info.value.experimental !== undefined) {
    answers.push(known(info.value.experimental, info.source, `${info.path} ExperimentalBuild`));
  }
  if (version.known) answers.push(known(version.value.experimental, version.source, `${version.path} Experimental`));
  const answer = answers.find(({ value }) => value) ?? answers[0];
  return answer ?? mapFact(daemonSetting(engine, 'experimental'), (value) => value === true);
}

function unreviewedOf(features: JsonValue | undefined, reviewed: readonly string[]): string[] {
  const on = Object.entries(objectOf(features)).filter(([, value]) => value === true);
  return on.map(([name]) => name).filter((name) => !reviewed.includes(name));
}
