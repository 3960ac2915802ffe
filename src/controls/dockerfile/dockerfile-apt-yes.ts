import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { editText } from '../../model/remedy.ts';
import { hasOption, insertOption, isAnswered, type PackageCall, packageCalls } from './package-calls.ts';
import { optionOf } from './package-install.ts';
import { placeOf, verdictsAt } from './places.ts';
import { isConfiguredBefore, runsOf } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

const asking: ReadonlySet<string> = new Set([
  'install',
  'reinstall',
  'build-dep',
  'satisfy',
  'remove',
  'purge',
  'autoremove',
  'autopurge',
  'upgrade',
  'dist-upgrade',
  'full-upgrade',
]);

const places = remembered(findPlaces);

export const dockerfileAptYes = defineControl({
  id: 'dockerfile-apt-yes',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'apt-get is told to answer yes', zh: 'apt-get 自动回答 yes' },
  why: {
    en: 'Nobody can answer a question during a build. apt-get asks before it changes more than it was told, and the build stops.',
    zh: '构建过程中没有人能回答提问。apt-get 在要改动的内容超出命令所写时会询问，构建会因此中止。',
  },
  how: {
    en: 'Every apt-get or apt that installs, removes or upgrades has -y, --yes, --assume-yes or -qq, or an answer on its input, or APT::Get::Assume-Yes set by an option or a file written earlier. DEBIAN_FRONTEND does not count: it only concerns questions of the packages. Where a variable may hold the options, or a file is copied to apt.conf.d, nothing is said.',
    zh: '每个执行安装、删除或升级的 apt-get 或 apt 都带有 -y、--yes、--assume-yes 或 -qq，或从标准输入得到回答，或已通过选项或先前写入的文件设置 APT::Get::Assume-Yes。DEBIAN_FRONTEND 不算数：它只影响软件包自身的提问。若选项可能在变量中，或有文件被复制到 apt.conf.d，则不作判断。',
  },
  references: {
    aliases: ['DL3014', 'DS-0021'],
    links: ['https://manpages.debian.org/stable/apt/apt-get.8.en.html'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update && apt-get install curl\n',
    good: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No apt-get waits for an answer.',
      zh: '没有等待回答的 apt-get。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    return editText(place ? [insertOption(place.run, place.span.end, '-y')] : [], {
      en: 'Add -y.',
      zh: '添加 -y。',
    });
  },
});

function findPlaces(dockerfile: Dockerfile) {
  return packageCalls(runsOf(dockerfile.instructions), ['apt-get', 'apt'])
    .filter((call) => asking.has(call.action) && !isSettled(dockerfile, call))
    .map((call) => ({
      span: call.span,
      run: call.run,
      value: `${call.manager} ${call.action}`,
      message: {
        en: `${call.manager} ${call.action} may wait for an answer: it has no -y.`,
        zh: `${call.manager} ${call.action} 没有 -y，可能会等待回答。`,
      },
    }));
}

function isSettled(dockerfile: Dockerfile, call: PackageCall): boolean {
  const quiet = call.options.filter(({ name }) => name === '-q' || name === '--quiet');
  const simulated = optionOf(
    call,
    '-s',
    '--simulate',
    '--just-print',
    '--dry-run',
    '--recon',
    '--no-act',
    '--print-uris',
  );
  return (
    hasOption(call, '-y', '--yes', '--assume-yes', '--force-yes') ||
    quiet.length > 1 ||
    quiet.some(({ value }) => Number(value) > 1) ||
    simulated !== undefined ||
    isAnswered(call) ||
    isConfiguredBefore(dockerfile, call.run, /Assume-Yes\W{0,6}(?:true|yes|1|on)\b/i, /apt\.conf/)
  );
}
