import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { packageCommandOf } from '../dockerfile/package-install.ts';
import { stepsOf, toldHistory } from './history.ts';
import { isOfficial, stepEvidence } from './names-of-image.ts';

export const imageNoDistUpgrade = defineControl({
  id: 'image-no-dist-upgrade',
  subject: 'image',
  severity: 'low',
  title: { en: 'The build did not upgrade the distribution as a whole', zh: '构建过程未整体升级发行版' },
  why: {
    en: 'A full upgrade may remove packages and add others, so that the image no longer is the base that its Dockerfile names, and two builds of it differ.',
    zh: '整体升级可能删除一些软件包并添加另一些，使镜像不再是 Dockerfile 所写的基础镜像，两次构建也会不同。',
  },
  how: {
    en: "No step that is surely of the image's own build calls dist-upgrade or full-upgrade of apt-get, apt or aptitude, do-release-upgrade, or dup of zypper. A plain upgrade passes.",
    zh: '确属镜像自身构建的步骤不得调用 apt-get、apt 或 aptitude 的 dist-upgrade 或 full-upgrade、do-release-upgrade 以及 zypper 的 dup。普通 upgrade 通过。',
  },
  references: { aliases: ['DKL-DI-0003'], links: ['https://manpages.debian.org/stable/apt/apt-get.8.en.html'] },
  appliesTo: (image) => !isOfficial(image),

  judge(image, { machine }) {
    const history = toldHistory(image);
    if (!history.known) return unknownFrom(history);
    const found = stepsOf(image, machine).flatMap(({ index, origin, step }) =>
      origin === 'own'
        ? (step.script?.commands ?? []).flatMap((command) => {
            const what = upgradeOf(command);
            return what === undefined ? [] : [{ what, evidence: stepEvidence(index, what) }];
          })
        : [],
    );
    if (found.length === 0) {
      return pass(
        { en: 'Nothing upgraded the distribution as a whole.', zh: '没有整体升级发行版的步骤。' },
        evidenceOf(history, history.value.length),
      );
    }
    const names = listed([...new Set(found.map(({ what }) => what))]);
    return fail(
      { en: `The build called ${names.en}.`, zh: `构建时调用了 ${names.zh}。` },
      found.map(({ evidence }) => evidence),
      'history',
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Build on the release that you want, and upgrade without adding or removing packages.',
        zh: '基于所需的版本构建，升级时不添加也不删除软件包。',
      },
      ['RUN apt-get update && apt-get upgrade -y'],
      'rebuild',
    );
  },
});

function upgradeOf(command: ShellCommand): string | undefined {
  if (command.program === 'do-release-upgrade') return command.program;
  const call = packageCommandOf(command);
  if (!call) return undefined;
  const isApt = /^(?:apt|apt-get|aptitude)$/.test(call.manager) && /^(?:dist|full)-upgrade$/.test(call.action);
  const isZypper = call.manager === 'zypper' && /^(?:dup|dist-upgrade)$/.test(call.action);
  return isApt || isZypper ? `${call.manager} ${call.action}` : undefined;
}
