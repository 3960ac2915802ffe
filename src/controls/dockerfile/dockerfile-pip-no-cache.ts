import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, type RunInstruction } from '../../model/dockerfile.ts';
import { editText } from '../../model/remedy.ts';
import { empties, mountedFolders } from './file-removal.ts';
import { hasOption, insertOption, type PackageCall, packageCalls } from './package-calls.ts';
import { installsOf, packageCommandOf } from './package-install.ts';
import { placeOf, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { instructionsBefore, isConfiguredBefore, runsOfTarget, variableFor } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

const places = remembered(findPlaces);

export const dockerfilePipNoCache = defineControl({
  id: 'dockerfile-pip-no-cache',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'pip leaves no cache in the image', zh: 'pip 不在镜像中留下缓存' },
  why: {
    en: 'pip keeps every archive that it fetches and every wheel that it builds for the next time. In an image there is none: they only make it larger.',
    zh: 'pip 会保留下载的每个归档和构建的每个 wheel 以备下次使用。镜像中不会有下次：它们只会使镜像变大。',
  },
  how: {
    en: 'Every pip install of the final image has --no-cache-dir, or PIP_NO_CACHE_DIR or a setting of pip turns the cache off, or the same RUN empties it behind, or its folder is a cache or tmpfs mount. Where a pip.conf is copied nothing is said. Stages that the final image is not built on are left alone.',
    zh: '最终镜像中的每个 pip install 都带有 --no-cache-dir，或通过 PIP_NO_CACHE_DIR 或 pip 的设置关闭缓存，或同一条 RUN 在其后清空缓存，或缓存目录是 cache 或 tmpfs 挂载。若复制了 pip.conf，则不作判断。最终镜像不以其为基础的阶段不作判断。',
  },
  references: { aliases: ['DL3042'], links: ['https://pip.pypa.io/en/stable/topics/caching/'] },
  counterexample: {
    bad: 'FROM python:3.13\nRUN pip install flask==3.1.1\n',
    good: 'FROM python:3.13\nRUN pip install --no-cache-dir flask==3.1.1\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No cache of pip stays in the image.',
      zh: '镜像中没有留下 pip 的缓存。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    return editText(place ? [insertOption(place.run, place.span.end, '--no-cache-dir')] : [], {
      en: 'Add --no-cache-dir.',
      zh: '添加 --no-cache-dir。',
    });
  },
});

function findPlaces(dockerfile: Dockerfile) {
  return packageCalls(runsOfTarget(dockerfile), ['pip'])
    .filter((call) => installsOf(call.command) !== undefined && !isCacheless(dockerfile, call))
    .map((call) => ({
      run: call.run,
      span: call.span,
      value: 'pip install',
      message: {
        en: 'pip install leaves its cache in this layer: it has no --no-cache-dir.',
        zh: 'pip install 没有 --no-cache-dir，会在这一层留下缓存。',
      },
    }));
}

function isCacheless(dockerfile: Dockerfile, call: PackageCall): boolean {
  const { run, command } = call;
  // pip takes "false" for "no cache" too, as it always has.
  const switchedOff = (variableFor('PIP_NO_CACHE_DIR', command, run) ?? '') !== '';
  return (
    hasOption(call, '--no-cache-dir', '--dry-run', '--help', '-h') ||
    switchedOff ||
    isConfiguredBefore(
      dockerfile,
      run,
      /no-cache-dir\W{1,4}(?:true|1|yes|on|false|0|no|off)\b/i,
      /(?:^|\/)\.?pip(?:\.conf)?$/,
    ) ||
    isEmptied(call, run) ||
    isCacheMounted(run) ||
    hasUnknownSwitch(dockerfile, run)
  );
}

function isEmptied({ command }: PackageCall, run: RunInstruction): boolean {
  const commands = commandsOf(run);
  return commands.slice(commands.indexOf(command) + 1).some((later) => {
    const call = packageCommandOf(later);
    if (call)
      return call.manager === 'pip' && call.action === 'cache' && call.operands.some(({ text }) => text === 'purge');
    return (
      empties(later, ['/root/.cache/pip']) ||
      later.words.some(({ text }) => later.program === 'rm' && /\.cache(?:\/(?:pip|\*).*)?\/?$/.test(text))
    );
  });
}

function isCacheMounted(run: RunInstruction): boolean {
  const folder = run.environment.PIP_CACHE_DIR;
  return mountedFolders(run).some((mounted) => /\/\.cache(?:\/|$)|\bpip\b/.test(mounted) || mounted === folder);
}

/** ENV gives it a value that is not known. */
function hasUnknownSwitch(dockerfile: Dockerfile, run: RunInstruction): boolean {
  const environments = instructionsOf(instructionsBefore(dockerfile, run), ['env']);
  return (
    run.environment.PIP_NO_CACHE_DIR === undefined &&
    environments.some(({ pairs }) => pairs.some(({ name }) => name.text === 'PIP_NO_CACHE_DIR'))
  );
}
