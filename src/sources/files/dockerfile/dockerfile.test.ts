import { describe, expect, test } from 'vitest';
import { type Instruction, instructionsOf, type Word } from '../../../model/dockerfile.ts';
import { writtenFile } from '../written-file.ts';
import { type BuildOptions, dockerfileReading, readDockerfile } from './dockerfile.ts';

function read(text: string, options: BuildOptions = {}) {
  return readDockerfile(writtenFile('Dockerfile', text), options);
}

function one<K extends Instruction['keyword']>(keyword: K, text: string, options: BuildOptions = {}) {
  const found = instructionsOf(read(text, options).instructions, [keyword]).at(-1);
  if (!found) throw new Error(`no ${keyword}`);
  return found;
}

function values(words: readonly Word[]): (string | undefined)[] {
  return words.map(({ value }) => value);
}

function programs(text: string): (string | undefined)[] | undefined {
  return one('run', text).script?.commands.map(({ program }) => program);
}

describe('variables', () => {
  test.each([
    ['FROM a\nENV A=1\nUSER $A', '1'],
    ['FROM a\nARG A=1\nUSER $A', '1'],
    ['FROM a\nARG A\nUSER $A', undefined],
    ['FROM a\nUSER $A', undefined],
    ['FROM a\nARG A\nUSER ${A:-d}', 'd'],
    ['ARG A=1\nFROM a\nUSER $A', undefined],
    ['ARG A=1\nFROM a\nARG A\nUSER $A', '1'],
    ['ARG A=1\nFROM a\nARG A=2\nUSER $A', '2'],
    ['ARG A=$B\nFROM a\nARG A\nUSER ${A:-d}', undefined],
    ['FROM a\nARG A=1 B=$A\nUSER $B', '1'],
    ['FROM a\nENV A=1 B=$A\nUSER $B', undefined],
    ['FROM a\nENV A=1\nENV A=2 B=$A\nUSER $B', '1'],
    ['FROM a\nARG A=1\nENV A=2\nUSER $A', '2'],
    ['FROM a\nENV A=1\nARG A\nUSER $A', '1'],
    ['FROM a AS b\nENV A=1\nARG B=2\nFROM b\nUSER $A$B', '12'],
    ['FROM a AS b\nENV A=1\nFROM c\nUSER $A', undefined],
    ['FROM a AS b\nENV A=1\nFROM B AS c\nFROM c\nUSER $A', '1'],
    ['FROM a\nENV PATH=/x:$PATH\nUSER ${PATH:-d}', undefined],
    ['FROM a\nARG TARGETARCH\nUSER ${TARGETARCH:-d}', undefined],
    ['FROM a\nARG HTTP_PROXY\nUSER ${HTTP_PROXY:-d}', 'd'],
    ['FROM a\nENV A 1 2\nUSER $A', '1 2'],
    ["FROM a\nENV A='$B'\nUSER $A", '$B'],
  ])('%j', (text, expected) => {
    expect(one('user', text).words[0]?.value).toBe(expected);
  });

  test('what the build is given wins over every default, where an ARG takes it', () => {
    const buildArguments = { A: 'given' };
    expect(one('user', 'FROM a\nARG A=1\nUSER $A', { buildArguments }).words[0]?.value).toBe('given');
    expect(one('user', 'ARG A=1\nFROM a\nARG A=2\nUSER $A', { buildArguments }).words[0]?.value).toBe('given');
    expect(one('user', 'FROM a\nUSER $A', { buildArguments }).words[0]?.value).toBeUndefined();
    expect(read('ARG A\nFROM $A', { buildArguments }).target?.base).toEqual({ kind: 'image', reference: 'given' });
  });

  test('the environment of a RUN is what is known where it stands', () => {
    const { instructions } = read('ARG G=0\nFROM a AS b\nENV A=1 P=$P\nRUN x\nARG B=2\nENV A=3\nRUN y\nFROM b\nRUN z');
    const environments = instructionsOf(instructions, ['run']).map(({ environment }) => environment);
    expect(environments).toEqual([{ A: '1' }, { A: '3', B: '2' }, { A: '3', B: '2' }]);
  });

  test('RUN, CMD and ENTRYPOINT are left to the shell', () => {
    const { instructions } = read('FROM a\nARG A=1\nRUN ["$A"]\nCMD ["$A"]\nENTRYPOINT $A');
    expect(instructions.slice(2).flatMap((each) => ('words' in each ? each.words : []))).toMatchObject([
      { value: '$A', variable: false },
      { value: '$A', variable: false },
      { value: '$A', variable: false },
    ]);
  });
});

describe('stages', () => {
  test.each([
    ['FROM scratch', { kind: 'scratch' }],
    ['FROM a:1', { kind: 'image', reference: 'a:1' }],
    ['FROM $A', { kind: 'image' }],
    ['ARG A=x\nFROM a:$A-${A:+y}', { kind: 'image', reference: 'a:x-y' }],
    ['FROM a:$TARGETARCH', { kind: 'image' }],
    ['FROM a AS b\nFROM 0', { kind: 'image', reference: '0' }],
    ['FROM a AS a', { kind: 'image', reference: 'a' }],
    ['FROM a\nFROM c AS b', { kind: 'image', reference: 'c' }],
  ])('the base of %j', (text, base) => {
    expect(read(text).target?.base).toEqual(base);
  });

  test('a name means the last earlier stage of that name, in any case', () => {
    const { stages, target } = read('FROM a AS One\nUSER x\nFROM b AS one\nFROM ONE AS two\nRUN y\nFROM two');
    expect(stages.map(({ name }) => name)).toEqual(['one', 'one', 'two', undefined]);
    expect(stages[2]?.base).toEqual({ kind: 'stage', stage: stages[1] });
    expect(target).toBe(stages[3]);
    expect(stages.map(({ instructions }) => instructions.length)).toEqual([1, 0, 1, 0]);
  });

  test.each([
    ['b', 1],
    ['B', 1],
    ['0', 0],
    ['c', undefined],
    ['7', undefined],
  ])('the target %s', (target, index) => {
    const dockerfile = read('FROM a\nFROM x AS b\nFROM y', { target });
    expect(dockerfile.target?.index).toBe(index);
    expect(dockerfile.problems.length).toBe(index === undefined ? 1 : 0);
  });

  test('instructions know their stage', () => {
    expect(read('ARG A\nFROM a\nRUN x\nFROM b\nRUN y').instructions.map(({ stage }) => stage)).toEqual([
      -1, 0, 0, 1, 1,
    ]);
  });

  test('FROM with a platform and a name', () => {
    expect(one('from', 'FROM --platform=$BUILDPLATFORM a:1 As Build')).toMatchObject({
      image: { text: 'a:1', span: { start: 31, end: 34 } },
      alias: { text: 'Build' },
      platform: { text: '$BUILDPLATFORM', variable: true },
      flags: [{ name: 'platform', span: { start: 5, end: 30 } }],
    });
  });
});

describe('pairs', () => {
  test.each([
    ['ENV a=b c="d e" f=\'g h\' i=j\\ k', { a: 'b', c: 'd e', f: 'g h', i: 'j k' }],
    ['ENV a b  c=d ', { a: 'b  c=d' }],
    ['ENV a=b \\\n  # note\n  c=d', { a: 'b', c: 'd' }],
    ['LABEL "a b"=c', { 'a b': 'c' }],
    ['LABEL a.b=', { 'a.b': '' }],
    ['LABEL a "b c"', { a: 'b c' }],
    ['ARG a b=c d="e f"', { a: undefined, b: 'c', d: 'e f' }],
    ['env\ta=b', { a: 'b' }],
  ])('%j', (text, expected) => {
    const pairs = read(`FROM x\n${text}`).instructions.flatMap((each) => ('pairs' in each ? each.pairs : []));
    expect(Object.fromEntries(pairs.map(({ name, value }) => [name.value, value?.value]))).toEqual(expected);
  });

  test('spans of names and values', () => {
    const text = 'FROM x\nENV a="b c" \\\n d=e';
    const slices = one('env', text).pairs.map(({ name, value, span }) =>
      [name.span, value?.span ?? span, span].map(({ start, end }) => text.slice(start, end)),
    );
    expect(slices).toEqual([
      ['a', '"b c"', 'a="b c"'],
      ['d', 'e', 'd=e'],
    ]);
  });
});

describe('COPY and ADD', () => {
  test.each([
    ['COPY a b /c/', ['a', 'b'], '/c/'],
    ['COPY ["a b", "c"]', ['a b'], 'c'],
    ['COPY ["a", "b"', ['[a,'], 'b'],
    ['ADD --chown=1:1 --checksum=sha256:0 a /b', ['a'], '/b'],
    ['COPY a', ['a'], undefined],
    ['COPY <<a.txt <<"b.txt" c /d', ['c'], '/d', 'a.txt\nb.txt\n'],
  ])('%j', (text, sources, destination, rest = '') => {
    const copy = instructionsOf(read(`FROM x\n${text}\n${rest}`).instructions, ['copy', 'add'])[0];
    expect(values(copy?.sources ?? []).map((value, index) => value ?? copy?.sources[index]?.text)).toEqual(sources);
    expect(copy?.destination && (copy.destination.value ?? copy.destination.text)).toBe(destination);
  });

  test('flags, here-documents and --from', () => {
    const copy = one(
      'copy',
      'FROM x AS a\nCOPY --from=A --link --exclude=*.md --exclude="b c" --chmod=755 <<-E /d\n\tone\n\tE\n',
    );
    expect(copy.flags.map(({ name, value }) => [name, value?.value])).toEqual([
      ['from', 'A'],
      ['link', undefined],
      ['exclude', '*.md'],
      ['exclude', 'b c'],
      ['chmod', '755'],
    ]);
    expect(copy.from?.value).toBe('A');
    expect(copy.heredocs).toMatchObject([{ name: 'E', content: 'one\n', expand: true }]);
  });
});

describe('RUN', () => {
  test.each([
    ['RUN a && b', ['a', 'b']],
    ['RUN <<EOF\na\nb\nEOF', ['a', 'b']],
    ['RUN <<EOF\r\na\r\nb\r\nEOF\r\n', ['a', 'b']],
    ['RUN <<-EOF\n\ta\n\tEOF', ['a']],
    ['RUN <<EOF\n#!/bin/bash -e\na\nEOF', ['a']],
    ['RUN <<EOF\n#!/usr/bin/env bash\na\nEOF', ['a']],
    ['RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF', undefined],
    ['RUN python3 <<EOF\nimport os\nEOF', ['python3']],
    ['RUN cat <<A > x && b\none\nA', ['cat', 'b']],
    ['RUN bash <<A\na\nA', ['bash', 'a']],
    ['RUN ["sudo", "a", "b"]', ['sudo', 'a']],
    ['RUN ["sh", "-c", "a && b"]', ['sh', 'a', 'b']],
    ['RUN [ "a", ]', ['[']],
    ['RUN []', undefined],
    ['RUN', undefined],
    ['SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a', ['a']],
    ['SHELL ["powershell", "-Command"]\nRUN a', undefined],
    ['SHELL ["powershell", "-Command"]\nRUN ["a"]', ['a']],
    ['SHELL ["C:\\\\Git\\\\bin\\\\bash.exe", "-c"]\nRUN a', ['a']],
    ['SHELL ["cmd"]\nSHELL ["sh", "-c"]\nRUN a', ['a']],
    ['ONBUILD RUN x\nRUN a', ['a']],
  ])('%j runs %j', (text, expected) => {
    expect(programs(`FROM x\n${text}`)).toEqual(expected);
  });

  test('an image of Windows has another shell, and a stage takes over the shell of its base', () => {
    expect(one('run', 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir').shell[0]).toBe('cmd');
    expect(one('run', 'FROM golang:1.24-nanoserver\nRUN dir').script).toBeUndefined();
    expect(one('run', 'FROM a AS b\nSHELL ["bash", "-c"]\nFROM b\nRUN x').shell).toEqual(['bash', '-c']);
    expect(one('run', 'FROM a AS b\nSHELL ["bash", "-c"]\nFROM c\nRUN x').shell).toEqual(['/bin/sh', '-c']);
  });

  test('words of a script are where they stand in the file', () => {
    const text = 'FROM x\r\nRUN apt-get \\\r\n  # note\r\n\r\n  install "cu"rl \\  \r\n && <<E cat\r\n$(date)\r\nE\r\n';
    const { script } = one('run', text);
    expect(script?.commands.map(({ words }) => words.map(({ span }) => text.slice(span.start, span.end)))).toEqual([
      ['apt-get', 'install', '"cu"rl'],
      ['cat'],
      ['date'],
    ]);
  });

  test('words of the JSON form are inside of their quotes', () => {
    const text = 'FROM x\nRUN ["sh", "-c", "echo \\"a\\" && apt-get update"]';
    const { script, words } = one('run', text);
    expect(words.map(({ value }) => value)).toEqual(['sh', '-c', 'echo "a" && apt-get update']);
    expect(script?.commands.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      'sh", "-c", "echo \\"a\\" && apt-get update',
      'echo \\"a\\"',
      'apt-get update',
    ]);
  });

  test('mounts', () => {
    const run = one('run', 'FROM x\nRUN --mount=type=secret,id=a,dst=/b --mount=src=c,target=/d,ro --mount=type=ssh x');
    expect(run.mounts).toEqual([
      { type: 'secret', id: 'a', target: '/b' },
      { type: 'bind', source: 'c', target: '/d', readonly: 'true' },
      { type: 'ssh' },
    ]);
  });
});

test.each([
  ['HEALTHCHECK NONE', { none: true, words: [] }],
  ['HEALTHCHECK --interval=5s CMD a b', { none: false, form: 'shell', words: [{ value: 'a b' }] }],
  ['HEALTHCHECK cmd ["a", "b"]', { none: false, form: 'exec', words: [{ value: 'a' }, { value: 'b' }] }],
  ['HEALTHCHECK \\\n  --retries=3 \\\n  CMD a', { none: false, words: [{ value: 'a' }] }],
])('%j', (text, expected) => {
  expect(one('healthcheck', `FROM x\n${text}`)).toMatchObject(expected);
});

test.each([
  ['USER a b', 'user', ['a b']],
  ['WORKDIR "/a b"', 'workdir', ['/a b']],
  ['EXPOSE 80 443/tcp', 'expose', ['80', '443/tcp']],
  ['VOLUME /a /b', 'volume', ['/a', '/b']],
  ['VOLUME ["/a b"]', 'volume', ['/a b']],
  ['STOPSIGNAL SIGTERM', 'stopsignal', ['SIGTERM']],
  ['MAINTAINER a $b "c"', 'maintainer', ['a $b "c"']],
  ['SHELL ["a", "-c"]', 'shell', ['a', '-c']],
] as const)('%j', (text, keyword, expected) => {
  expect(values(one(keyword, `FROM x\n${text}`).words)).toEqual(expected);
});

test('ONBUILD carries an instruction that does nothing to this build', () => {
  const text = 'FROM x\nONBUILD RUN <<E\na\nE\nONBUILD USER me\nONBUILD ARG A=1\nUSER $A';
  const { instructions, problems } = read(text);
  const [, run, user, , own] = instructions;
  expect(problems).toEqual([]);
  expect(run).toMatchObject({
    onbuild: false,
    carried: { keyword: 'run', onbuild: true, span: { start: 15, end: 26 } },
  });
  expect(run?.keyword === 'onbuild' && run.carried?.keyword === 'run' && run.carried.script?.commands).toHaveLength(1);
  expect(user).toMatchObject({ carried: { keyword: 'user', words: [{ value: 'me' }] } });
  expect(own?.keyword === 'user' && own.words[0]?.value).toBeUndefined();
});

test('another escape character leaves backslashes alone', () => {
  const { instructions } = read('# escape=`\nFROM x\nCOPY a `\n C:\\b\\\nUSER c');
  expect(instructions.map(({ keyword }) => keyword)).toEqual(['from', 'copy', 'user']);
});

test('a place is a line and a column, and names its instruction', () => {
  const dockerfile = read('FROM x\r\nRUN a \\\r\n  b\r\n');
  expect(dockerfile.locate({ start: 19, end: 20 })).toEqual({
    source: 'file',
    path: 'RUN',
    file: 'Dockerfile',
    line: 3,
    column: 3,
  });
});

test('a Dockerfile is two subjects, and its mistakes are told in both languages', () => {
  const { subjects, problems } = dockerfileReading(writtenFile('a/Dockerfile', '\uFEFFFROM x\nRUM a\n'));
  expect(subjects.map(({ kind, id, file }) => [kind, id, file])).toEqual([
    ['dockerfile', 'dockerfile/a/Dockerfile', 'a/Dockerfile'],
    ['container', 'container/a/Dockerfile', 'a/Dockerfile'],
  ]);
  expect(problems).toMatchObject([{ file: 'a/Dockerfile', kind: 'error', line: 2, column: 1 }]);
  expect(problems[0]?.reason.en).toContain('RUN');
  expect(problems[0]?.reason.zh).toMatch(/\p{Script=Han}/u);
});

test('without a stage there is only the Dockerfile', () => {
  expect(dockerfileReading(writtenFile('Dockerfile', '# nothing\n')).subjects.map(({ kind }) => kind)).toEqual([
    'dockerfile',
  ]);
});
