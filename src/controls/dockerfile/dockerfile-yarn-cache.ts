import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, type RunInstruction } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { mountedFolders } from './file-removal.ts';
import { type PackageCall, packageCalls, uncleanedCalls } from './package-calls.ts';
import { optionOf } from './package-install.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { instructionsBefore, isConfiguredBefore, runsOfTarget, variableFor } from './run-instructions.ts';

export const dockerfileYarnCache = defineControl({
  id: 'dockerfile-yarn-cache',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Yarn leaves no cache in the image', zh: 'Yarn 不在镜像中留下缓存' },
  why: {
    en: 'Yarn 1 keeps a copy of every package that it fetches beside node_modules. In an image it only takes room.',
    zh: 'Yarn 1 会在 node_modules 之外保留每个下载的软件包的副本，在镜像中只会占用空间。',
  },
  how: {
    en: 'Behind every yarn install or yarn add of the final image the same RUN calls yarn cache clean or deletes the cache, or its folder is a cache or tmpfs mount. Newer versions of Yarn, which need their cache at run time, are left alone: --immutable, yarn set version, a copied .yarnrc.yml or .yarn. So are stages that the final image is not built on.',
    zh: '最终镜像中的每个 yarn install 或 yarn add 之后，同一条 RUN 都调用 yarn cache clean 或删除缓存，或缓存目录是 cache 或 tmpfs 挂载。新版 Yarn 在运行时需要缓存，不作判断：--immutable、yarn set version、复制了 .yarnrc.yml 或 .yarn。最终镜像不以其为基础的阶段同样不作判断。',
  },
  references: { aliases: ['DL3060'], links: ['https://classic.yarnpkg.com/lang/en/docs/cli/cache/'] },
  counterexample: {
    bad: 'FROM node:24\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile\n',
    good: 'FROM node:24\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile && yarn cache clean\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No cache of Yarn stays in the image.',
      zh: '镜像中没有留下 Yarn 的缓存。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Call yarn cache clean at the end of the same RUN, unless the project needs the cache at run time.',
        zh: '在同一条 RUN 的末尾调用 yarn cache clean，除非项目在运行时需要缓存。',
      },
      ['yarn cache clean'],
    );
  },
});

function places(dockerfile: Dockerfile): readonly Place[] {
  return runsOfTarget(dockerfile).flatMap((run) => {
    const [own] = packageCalls([run], ['yarn']);
    if (!own || isNewYarn(dockerfile, run) || isCacheMounted(run)) return [];
    return uncleanedCalls([run], ['yarn'], {
      folders: ['/usr/local/share/.cache', '/root/.cache', '/tmp', ...foldersOf(own)],
      fills: ({ action, options }) =>
        /^(?:|install|add|global add)$/.test(action) &&
        !options.some(({ name }) => /^(?:--version|-v|--help|-h)$/.test(name)),
      cleans: ({ manager, action, operands }) =>
        manager === 'yarn' && action === 'cache' && operands.some(({ text }) => text === 'clean'),
    }).map(({ action, span }) => ({
      span,
      value: `yarn ${action}`.trim(),
      message: {
        en: 'The packages that Yarn fetches stay in this layer a second time, in its cache.',
        zh: 'Yarn 下载的软件包在缓存中又留了一份在这一层。',
      },
    }));
  });
}

/** Where the cache is said to be. */
function foldersOf(call: PackageCall): readonly string[] {
  const folders = [optionOf(call, '--cache-folder')?.value, variableFor('YARN_CACHE_FOLDER', call.command, call.run)];
  return folders.filter((folder) => folder !== undefined && folder.startsWith('/')) as string[];
}

function isCacheMounted(run: RunInstruction): boolean {
  const folder = run.environment.YARN_CACHE_FOLDER;
  return mountedFolders(run).some((mounted) => /\.cache(?:\/|$)|yarn/.test(mounted) || mounted === folder);
}

function isNewYarn(dockerfile: Dockerfile, run: RunInstruction): boolean {
  const before = instructionsBefore(dockerfile, run);
  const copies = instructionsOf(before, ['copy', 'add']).flatMap(({ sources }) => sources);
  return (
    copies.some(({ text }) => /(?:^|\/)\.(?:yarn|yarnrc\.yml|pnp\.[cm]?js)\/?$/.test(text)) ||
    isConfiguredBefore(dockerfile, run, /yarn set version|yarn@(?:[2-9]|berry|stable)|\.yarnrc\.yml/) ||
    commandsOf(run).some(
      ({ program, words }) =>
        program === 'yarn' &&
        words.some(({ text }) => /^(?:--immutable(?:-cache)?|--check-cache|--mode|workspaces)(?:=|$)/.test(text)),
    )
  );
}
