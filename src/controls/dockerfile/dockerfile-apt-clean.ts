import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { appendCommand } from './append-command.ts';
import { type PackageCall, packageCalls, uncleanedCalls } from './package-calls.ts';
import { installsOf, type PackageManager } from './package-install.ts';
import { placeOf, verdictsAt } from './places.ts';
import { runsOf, runsOfTarget } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

const apt: readonly PackageManager[] = ['apt-get', 'apt', 'aptitude'];
const deletion = 'rm -rf /var/lib/apt/lists/*';
const summary: Text = {
  en: 'Delete /var/lib/apt/lists at the end of the same RUN.',
  zh: '在同一条 RUN 的末尾删除 /var/lib/apt/lists。',
};

const places = remembered(findPlaces);

export const dockerfileAptClean = defineControl({
  id: 'dockerfile-apt-clean',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'The image keeps no package lists of apt', zh: '镜像中不保留 apt 的软件包列表' },
  why: {
    en: 'The lists that apt-get update fetches take tens of megabytes and are out of date the next day. What a later RUN deletes still is in the layer.',
    zh: 'apt-get update 下载的列表占用数十兆字节，第二天就已过时。之后的 RUN 即使删除，数据仍留在该层中。',
  },
  how: {
    en: 'Every RUN of the final image that calls apt-get update deletes /var/lib/apt/lists behind it, or has a cache or tmpfs mount there. Archives in /var/cache/apt are no matter: images of Debian and Ubuntu delete them by themselves. Stages that the final image is not built on are left alone, and so is a RUN that calls a clean-up script.',
    zh: '最终镜像中每条调用 apt-get update 的 RUN 都在其后删除 /var/lib/apt/lists，或在该处使用 cache 或 tmpfs 挂载。/var/cache/apt 中的归档不作要求：Debian 和 Ubuntu 镜像会自行删除。最终镜像不以其为基础的阶段，以及调用清理脚本的 RUN，不作判断。',
  },
  references: {
    aliases: ['image-apt-lists-cleared', 'DL3009', 'DKL-DI-0005'],
    links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n',
    good: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No package lists of apt stay in the image.',
      zh: '镜像中没有留下 apt 的软件包列表。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const edit =
      place && isLastToNeedLists(dockerfile, place.call)
        ? appendCommand(dockerfile, place.call.run, place.call.command, deletion)
        : undefined;
    return edit ? editText([edit], summary) : byHand(summary, [deletion]);
  },
});

function findPlaces(dockerfile: Dockerfile) {
  return uncleanedCalls(runsOfTarget(dockerfile), apt, {
    folders: ['/var/lib/apt/lists'],
    fills: ({ action }) => action === 'update',
    cleans: ({ action }) => action === 'distclean' || action === 'dist-clean',
  }).map((call) => ({
    call,
    span: call.span,
    value: `${call.manager} ${call.action}`,
    message: {
      en: `The lists that ${call.manager} ${call.action} fetches stay in this layer.`,
      zh: `${call.manager} ${call.action} 下载的列表留在了这一层中。`,
    },
  }));
}

/** The RUN itself installs, and no later one does without fetching the lists again. */
function isLastToNeedLists({ instructions }: Dockerfile, { run, span }: PackageCall): boolean {
  const installsHere = packageCalls([run], apt).some((each) => usesLists(each) && each.span.start > span.start);
  const later = runsOf(instructions).filter((each) => each.span.start > run.span.start);
  return installsHere && later.every((each) => !needsListsOfOthers(each));
}

function needsListsOfOthers(run: PackageCall['run']): boolean {
  const calls = packageCalls([run], apt);
  const install = calls.findIndex(usesLists);
  const update = calls.findIndex(({ action }) => action === 'update');
  return install >= 0 && (update < 0 || update > install);
}

function usesLists({ command, action }: PackageCall): boolean {
  return (
    installsOf(command) !== undefined ||
    /^(?:upgrade|dist-upgrade|full-upgrade|build-dep|source|download|satisfy)$/.test(action)
  );
}
