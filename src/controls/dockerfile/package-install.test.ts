import { expect, test } from 'vitest';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { installsOf, optionOf, packageCommandOf } from './package-install.ts';

test.each([
  ['apt-get install -y --no-install-recommends curl ca-certificates=2023*', 'apt-get', 'curl ca-certificates=2023*'],
  ['apt-get -qq -o Dpkg::Use-Pty=0 install -t bookworm-backports -o A::B=c curl', 'apt-get', 'curl'],
  ['apt-get install -yt bookworm-backports curl', 'apt-get', 'curl'],
  ['apt-get install -oDpkg::Use-Pty=0 -q=2 --target-release=sid curl', 'apt-get', 'curl'],
  ['apt install ./local.deb -y', 'apt', './local.deb'],
  ['apk add --no-cache --virtual .deps gcc musl-dev', 'apk', 'gcc musl-dev'],
  ['apk --no-cache --repository http://registry.example/edge add -t .deps -U gcc', 'apk', 'gcc'],
  ['apk -X https://registry.example/edge add gcc', 'apk', 'gcc'],
  ['yum -y -q install --setopt tsflags=nodocs --enablerepo=x --disablerepo epel git', 'yum', 'git'],
  ['dnf -y install -d 1 --releasever 9 git', 'dnf', 'git'],
  ['dnf5 install git', 'dnf', 'git'],
  ['microdnf install -y git', 'microdnf', 'git'],
  ['zypper -n -R /target install -t pattern devel', 'zypper', 'devel'],
  ['zypper --non-interactive in -C git', 'zypper', 'git'],
  ['pip install -r req.txt -c con.txt --index-url https://registry.example flask==2', 'pip', 'flask==2'],
  ['pip3.12 --no-cache-dir install -qr req.txt -U pip', 'pip', 'pip'],
  ['pip install -e . --user .', 'pip', '.'],
  ['python3 -u -m pip install --prefix /opt flask', 'pip', 'flask'],
  ['python -W ignore -Im pip install flask', 'pip', 'flask'],
  ['uv pip install --system -i https://registry.example flask', 'uv', 'flask'],
  ['npm install -g --prefix /opt typescript@5 --loglevel error', 'npm', 'typescript@5'],
  ['npm --registry https://registry.example i left-pad', 'npm', 'left-pad'],
  ['npm ci --omit dev', 'npm', ''],
  ['yarn global add typescript', 'yarn', 'typescript'],
  ['yarn --cwd /app add --dev jest', 'yarn', 'jest'],
  ['yarn', 'yarn', ''],
  ['yarn --frozen-lockfile', 'yarn', ''],
  ['pnpm -C /app add -g turbo', 'pnpm', 'turbo'],
  ['gem install rake -v 13.0 --no-document -- --with-opt-dir=/opt', 'gem', 'rake'],
  ['go install -v -tags netgo -ldflags=-s registry.example/tool@v1', 'go', 'registry.example/tool@v1'],
  ['cargo +nightly install --locked --version 1.2 -j 4 ripgrep', 'cargo', 'ripgrep'],
  ['cargo install -F pcre2 ripgrep', 'cargo', 'ripgrep'],
  ['apt-get install -- curl', 'apt-get', 'curl'],
  ['apt-get $OPTIONS install curl $MORE', 'apt-get', 'curl $MORE'],
])('%s', (line, manager, packages) => {
  const install = installsOf(command(line));
  expect(install?.manager).toBe(manager);
  expect(install?.packages.map(({ text }) => text).join(' ')).toBe(packages);
});

test.each([
  'apt-get update',
  'apt-get',
  'apt-cache install curl',
  'yum groupinstall Development',
  'dnf group install development',
  'yarn run install',
  'npm run install',
  'yarn global list',
  'python setup.py install',
  'python -c pip install',
  'python -m build install',
  'python manage.py -m pip install x',
  'make install',
  'constructor install',
])('%s installs no package by name', (line) => {
  expect(installsOf(command(line))).toBeUndefined();
});

test('every call is told apart, with its action', () => {
  const call = packageCommandOf(command('dnf -y group install --setopt=a=b development tools'));
  expect(call).toMatchObject({ manager: 'dnf', action: 'group install', actionWord: { text: 'install' } });
  expect(call?.operands.map(({ text }) => text)).toEqual(['development', 'tools']);
  expect(call?.options.map(({ name, value }) => [name, value])).toEqual([
    ['-y', undefined],
    ['--setopt', 'a=b'],
  ]);
  expect(packageCommandOf(command('yarn'))).toMatchObject({ action: '', actionWord: { text: 'yarn' } });
  expect(packageCommandOf(command('python -m pip'))).toMatchObject({ actionWord: { text: 'pip' } });
});

test('options are found by each of their names, letters one by one, the last one first', () => {
  const install = installsOf(command('apt-get install -qqy -o A=1 --option=B=2 -q=3 curl'));
  const values = (...names: string[]) => install && optionOf(install, ...names)?.value;
  expect(install && optionOf(install, '--yes', '-y')?.word.text).toBe('-qqy');
  expect(values('-o')).toBe('A=1');
  expect(values('-o', '--option')).toBe('B=2');
  expect(values('-q')).toBe('3');
  expect(install && optionOf(install, '--force-yes')).toBeUndefined();
});

/** A command of words that need no quotes. */
function command(line: string): ShellCommand {
  const words = [...line.matchAll(/\S+/g)].map((match): ShellWord => {
    const [text] = match;
    const span = { start: match.index, end: match.index + text.length };
    return { text, source: text, literal: !text.includes('$'), quoted: false, span };
  });
  return {
    program: words[0]?.text ?? '',
    words,
    assignments: [],
    redirects: [],
    via: [],
    pipeline: 0,
    place: 0,
    pipelineLength: 1,
    depth: 0,
    span: { start: 0, end: line.length },
  };
}
