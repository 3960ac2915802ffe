import { defineControl } from '../../model/control.ts';
import { type Evidence, evidenceOf, known } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { remembered } from '../../model/remembered.ts';
import type { ShellScript } from '../../model/shell.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { bypassesOf } from '../dockerfile/verification-bypass.ts';
import { switchedOffBy } from '../dockerfile/verification-settings.ts';
import { type OriginatedStep, stepsBeyondBase, toldHistory } from './history.ts';
import { inspected, stepEvidence } from './names-of-image.ts';
import { pairsOf } from './step-pairs.ts';

interface Bypass {
  readonly what: string;
  readonly lost: Text;
  readonly evidence: Evidence;
}

export const imageVerifiedPackages = defineControl({
  id: 'image-verified-packages',
  subject: 'image',
  severity: 'medium',
  title: { en: 'The image was built with the checks of downloads switched on', zh: '镜像构建时未关闭下载校验' },
  why: {
    en: 'With the check of signatures or certificates switched off, anyone on the way to the server could put something else into the image. A variable that does so stays in force for whatever runs.',
    zh: '关闭签名或证书校验后，通往服务器途中的任何人都可能向镜像中放入其他内容。以变量关闭的，对之后运行的一切同样有效。',
  },
  how: {
    en: 'Looks for options, settings and variables that switch the checks of package managers and downloads off, in the history and in the variables. Steps of a base that is here are judged with that base.',
    zh: '在历史记录和变量中查找关闭软件包管理器与下载校验的选项、设置与变量。本机上的基础镜像的步骤在检查该镜像时判断。',
  },
  references: {
    cisDocker: ['4.11'],
    nist800190: ['4.1.5'],
    links: ['https://docs.docker.com/build/building/best-practices/'],
  },
  counterexample: {
    history: known(
      [{ createdBy: 'ENV NODE_TLS_REJECT_UNAUTHORIZED=0', size: 0, tags: [] }],
      'engine-api',
      'GET /images/ID/history',
    ),
  },

  judge(image, { machine }) {
    const steps = stepsBeyondBase(image, machine);
    const variables = image.configuration.environment.flatMap(({ name, value }): Bypass[] => {
      const lost = switchedOffBy(name, value.reveal());
      return lost ? [{ what: name, lost, evidence: inspected('Config.Env', name) }] : [];
    });
    const all = [...variables, ...steps.flatMap(inStep)];
    const found = [...Map.groupBy(all, ({ what }) => what).values()].flatMap((same) => same.slice(0, 1));
    if (found.length > 0) {
      const said = [...Map.groupBy(found, ({ lost }) => lost)].map(([lost, by]) => {
        const names = listed(by.map(({ what }) => what));
        return { en: `by ${names.en}, ${lost.en}`, zh: `${names.zh} 导致${lost.zh}` };
      });
      const [en, zh] = [said.map((each) => each.en).join('; '), said.map((each) => each.zh).join('；')];
      return fail(
        { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, zh: `${zh}。` },
        found.map(({ evidence }) => evidence),
        variables.length > 0 ? 'configuration.environment' : 'history',
      );
    }
    const history = toldHistory(image);
    if (!history.known) return unknownFrom(history);
    return pass(
      { en: 'No check of signatures or certificates was switched off.', zh: '没有关闭签名或证书校验。' },
      evidenceOf(history, history.value.length),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Take the option or variable out and build the image again; add the signing key or certificate of your own servers instead.',
        zh: '移除该选项或变量并重新构建镜像；自有服务器请改为加入其签名公钥或证书。',
      },
      [],
      'rebuild',
    );
  },
});

function inStep({ index, step, instruction: { keyword, text, buildArguments } }: OriginatedStep): Bypass[] {
  const pairs = keyword === 'env' ? pairsOf(text) : buildArguments;
  const set = pairs.flatMap(({ name, value }) => {
    const lost = switchedOffBy(name, value);
    return lost ? [{ what: name, lost, evidence: stepEvidence(index, name) }] : [];
  });
  const called = step.script
    ? calledIn(step.script).map((each) => ({ ...each, evidence: stepEvidence(index, each.what) }))
    : [];
  return [...set, ...called];
}

/** Images share steps, and those their scripts. */
const calledIn = remembered(({ commands }: ShellScript) =>
  commands.flatMap((command) =>
    bypassesOf(command).map(({ what, lost }) => ({ what: shownOf(what) ?? command.program, lost })),
  ),
);

/** The name of a long option or a setting. What stands behind it may be anything, and letters may have a value joined to them. */
function shownOf(what: string): string | undefined {
  return /^(?:--[A-Za-z][A-Za-z-]{1,60}|[A-Za-z][\w.:-]{1,60})/.exec(what)?.[0];
}
