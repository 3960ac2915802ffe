import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { PackageCall } from './package-calls.ts';
import { installsOf, optionOf } from './package-install.ts';
import { isDynamic, unpinnedInstalls } from './pins.ts';
import { verdictsAt } from './places.ts';
import { variableFor } from './run-instructions.ts';

export const dockerfilePinPip = defineControl({
  id: 'dockerfile-pin-pip',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Python packages have a version', zh: 'Python 软件包写明版本' },
  why: {
    en: 'Without a version pip installs the newest release of the minute: two builds differ, and a release that was taken over by somebody else gets in at once.',
    zh: '不写版本时，pip 会安装当时最新的发布：两次构建结果不同，被他人劫持的发布也会立即进入镜像。',
  },
  how: {
    en: 'Every package that pip install, uv pip install or uv tool install names has ==, ===, ~=, < or <= with a version; >= alone lets every later release in. Requirement files, constraints, hashes, local paths, archives and repositories at a revision are accepted.',
    zh: 'pip install、uv pip install 或 uv tool install 写出的每个软件包都带有 ==、===、~=、< 或 <= 及版本；单独的 >= 会允许之后的任何发布。接受需求文件、约束文件、哈希、本地路径、归档以及指定了版本的代码仓库。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['DL3013'],
    links: ['https://pip.pypa.io/en/stable/reference/requirement-specifiers/'],
  },
  counterexample: {
    bad: 'FROM python:3.13\nRUN pip install --no-cache-dir flask\n',
    good: 'FROM python:3.13\nRUN pip install --no-cache-dir flask==3.1.1\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every Python package has a version.',
      zh: 'Python 软件包都写明了版本。',
    });
  },

  remedy() {
    return byHand({
      en: 'Write name==version, or install from a requirements file with hashes.',
      zh: '写作 name==version，或从带哈希的需求文件安装。',
    });
  },
});

function places(dockerfile: Dockerfile) {
  return unpinnedInstalls(
    dockerfile,
    ['pip', 'uv'],
    (name, call) => isPinned(name) || isConstrained(call),
    ({ action, command }) => action !== 'add' && installsOf(command) !== undefined,
  );
}

function isConstrained(call: PackageCall): boolean {
  if (optionOf(call, '-c', '--constraint', '--constraints', '--require-hashes', '--no-index')) return true;
  return ['PIP_CONSTRAINT', 'UV_CONSTRAINT'].some((name) => variableFor(name, call.command, call.run));
}

function isPinned(written: string): boolean {
  const [name = ''] = written.split(';');
  if (isDynamic(name)) return true;
  const repository = /(?:git|hg|svn|bzr)\+(.*)/.exec(name)?.[1];
  if (repository !== undefined) return /@[^/@#]+(?:#|$)/.test(repository.replace(/^[a-z+]+:\/\/[^/]*/, ''));
  if (/[=~]=|</.test(name)) return true;
  return /\/|^[.~]|\.(?:whl|zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)$|^[\w.-]+@\d/.test(name);
}
