import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { packageCommandOf } from '../dockerfile/package-install.ts';
import { stepsOf, toldHistory } from './history.ts';
import { isOfficial, stepEvidence } from './names-of-image.ts';

/** What may stand behind an update and installs nothing. Of any other program one cannot say. */
const harmless = new Set(['', ':', 'echo', 'printf', 'rm', 'set', 'sudo', 'true']);

export const imageUpdateAlone = defineControl({
  id: 'image-update-alone',
  subject: 'image',
  severity: 'low',
  title: {
    en: 'Package lists were fetched in the step that installed from them',
    zh: '软件包列表在安装软件包的同一步骤中获取',
  },
  why: {
    en: 'A step that only fetches the lists is taken from the cache in later builds. What is installed by them then is old, and lacks the fixes that have come since.',
    zh: '只获取列表的步骤在之后的构建中取自缓存，按旧列表安装的软件包缺少此后发布的修复。',
  },
  how: {
    en: "Looks in the steps that are surely of the image's own build for one that updates with apt-get, apt, aptitude or apk and installs nothing. A step that goes on with a program that might install is left alone.",
    zh: '在确属镜像自身构建的步骤中，查找用 apt-get、apt、aptitude 或 apk 执行 update 却未安装任何软件包的步骤。若之后还有可能进行安装的程序，则不作判断。',
  },
  references: {
    cisDocker: ['4.7'],
    aliases: ['CIS-DI-0007'],
    links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  appliesTo: (image) => !isOfficial(image),

  judge(image, { machine }) {
    const history = toldHistory(image);
    if (!history.known) return unknownFrom(history);
    const alone = stepsOf(image, machine).filter(
      ({ origin, step }) => origin === 'own' && onlyUpdates(step.script?.commands ?? []),
    );
    return alone.length > 0
      ? fail(
          {
            en: 'A step fetches package lists and installs nothing.',
            zh: '有步骤只获取软件包列表而未安装任何软件包。',
          },
          alone.map(({ index }) => stepEvidence(index, 'update')),
          'history',
        )
      : pass(
          { en: 'No step of its own only fetches package lists.', zh: '自身步骤中没有只获取软件包列表的步骤。' },
          evidenceOf(history, history.value.length),
        );
  },

  remedy() {
    return byHand(
      { en: 'Join the update with the step that installs.', zh: '将 update 与安装步骤合并。' },
      ['RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*'],
      'rebuild',
    );
  },
});

function onlyUpdates(commands: readonly ShellCommand[]): boolean {
  const last = commands.findLastIndex((command) => actionOf(command) === 'update');
  // A step that installs and then fetches other lists is odd, but what it installed is not old.
  if (
    last < 0 ||
    commands.some((command) => /^(?:install|add|reinstall|(?:\w+-)?upgrade)$/.test(actionOf(command) ?? ''))
  )
    return false;
  return commands.slice(last + 1).every((command) => harmless.has(command.program) || isIdle(command));
}

function isIdle(command: ShellCommand): boolean {
  return /^(?:auto)?(?:clean|remove|purge|del)$/.test(actionOf(command) ?? '');
}

function actionOf(command: ShellCommand): string | undefined {
  const call = packageCommandOf(command);
  return call && /^(?:apt|apt-get|aptitude|apk)$/.test(call.manager) ? call.action : undefined;
}
