import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { appendCommand } from './append-command.ts';
import {
  hasOption,
  insertOption,
  isAnswered,
  type PackageCall,
  packageCalls,
  uncleanedCalls,
} from './package-calls.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';
import { runsOf, runsOfTarget } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

interface ZypperPlace extends Place {
  readonly call: PackageCall;
  readonly fault: 'asks' | 'dup' | 'cache';
}

const fetching: ReadonlySet<string> = new Set(
  'install in update up patch dist-upgrade dup source-install si install-new-recommends inr verify ve'.split(' '),
);
const removing: ReadonlySet<string> = new Set(['remove', 'rm']);

const cleaning: Text = {
  en: 'Call zypper clean --all at the end of the same RUN.',
  zh: '在同一条 RUN 的末尾调用 zypper clean --all。',
};

const places = remembered(findPlaces);

export const dockerfileZypper = defineControl({
  id: 'dockerfile-zypper',
  subject: 'dockerfile',
  severity: 'low',
  title: {
    en: 'zypper does not ask, does not change the release and leaves no cache',
    zh: 'zypper 不提问、不切换发行版版本，也不留下缓存',
  },
  why: {
    en: 'Nobody can answer a question during a build, a distribution upgrade makes another image than the one that FROM names, and cached packages only make the image larger.',
    zh: '构建过程中没有人能回答提问；整体升级会使镜像不再是 FROM 所写的镜像；缓存的软件包只会使镜像变大。',
  },
  how: {
    en: 'Every zypper that installs, removes or upgrades has --non-interactive, -n, -y or an answer on its input; none calls dist-upgrade or dup. In the final image the same RUN calls zypper clean behind it, or deletes /var/cache/zypp, or has a cache or tmpfs mount there. Stages that the final image is not built on may keep their caches.',
    zh: '每个执行安装、删除或升级的 zypper 都带有 --non-interactive、-n、-y 或从标准输入得到回答；不调用 dist-upgrade 或 dup。在最终镜像中，同一条 RUN 还要在其后调用 zypper clean，或删除 /var/cache/zypp，或在该处使用 cache 或 tmpfs 挂载。最终镜像不以其为基础的阶段可以保留缓存。',
  },
  references: {
    aliases: ['DL3034', 'DL3035', 'DL3036', 'DS-0020'],
    links: ['https://en.opensuse.org/SDB:Zypper_manual'],
  },
  counterexample: {
    bad: 'FROM opensuse/leap:15.6\nRUN zypper install curl && zypper clean --all\n',
    good: 'FROM opensuse/leap:15.6\nRUN zypper install -y curl && zypper clean --all\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'zypper is used as a build needs it.',
      zh: 'zypper 的用法符合构建的需要。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    if (place?.fault === 'asks') {
      return editText([insertOption(place.call.run, place.span.end, '-y')], {
        en: 'Add -y.',
        zh: '添加 -y。',
      });
    }
    if (place?.fault === 'dup') {
      return byHand({
        en: 'Name a base image of the release that you want, in FROM, or call zypper patch.',
        zh: '在 FROM 中写明所需版本的基础镜像，或改用 zypper patch。',
      });
    }
    const edit = place && appendCommand(dockerfile, place.call.run, place.call.command, 'zypper clean --all');
    return edit ? editText([edit], cleaning) : byHand(cleaning, ['zypper clean --all']);
  },
});

function findPlaces(dockerfile: Dockerfile): readonly ZypperPlace[] {
  const calls = packageCalls(runsOf(dockerfile.instructions), ['zypper']);
  const asking = calls
    .filter((call) => (fetching.has(call.action) || removing.has(call.action)) && !isConfirmed(call))
    .map((call) => ({
      ...placeAt(call, 'asks', {
        en: `zypper ${call.action} may wait for an answer.`,
        zh: `zypper ${call.action} 可能会等待回答。`,
      }),
    }));
  const upgrading = calls
    .filter(({ action }) => action === 'dist-upgrade' || action === 'dup')
    .map((call) => ({
      ...placeAt(call, 'dup', {
        en: `zypper ${call.action} upgrades the distribution as a whole.`,
        zh: `zypper ${call.action} 会整体升级发行版。`,
      }),
      span: call.actionWord.span,
    }));
  const caching = uncleanedCalls(runsOfTarget(dockerfile), ['zypper'], {
    folders: ['/var/cache/zypp', '/var/cache/zypper'],
    fills: ({ action }) => fetching.has(action),
    cleans: ({ action }) => action === 'clean' || action === 'cc',
  }).map((call) => ({
    ...placeAt(call, 'cache', {
      en: `The files that zypper ${call.action} fetches stay in this layer.`,
      zh: `zypper ${call.action} 获取的文件留在了这一层中。`,
    }),
    // The program's word: a place of its own, beside those above.
    span: call.command.words[0]?.span ?? call.span,
  }));
  return [...asking, ...upgrading, ...caching];
}

function placeAt(call: PackageCall, fault: ZypperPlace['fault'], message: Text): ZypperPlace {
  return { call, fault, span: call.span, value: `zypper ${call.action}`, message };
}

function isConfirmed(call: PackageCall): boolean {
  return hasOption(call, '-n', '--non-interactive', '-y', '--no-confirm', '-D', '--dry-run') || isAnswered(call);
}
