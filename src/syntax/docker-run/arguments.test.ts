import { array, assert, boolean, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseShell } from '../shell/shell.ts';
import { type GivenOption, parseRunArguments } from './arguments.ts';
import { runOptionList } from './options.ts';

function parsed(text: string) {
  return parseRunArguments(parseShell(text, 0).commands[0]?.words ?? []);
}

function given(options: readonly GivenOption[]): string[][] {
  return options.map(({ name, value }) => [name, value]);
}

function operands(text: string): string[] {
  return parsed(text).operands.map((word) => word.text);
}

test('no name and no letter is there twice', () => {
  const names = runOptionList.map(({ name }) => name);
  const letters = runOptionList.flatMap(({ short }) => short ?? []);
  expect(new Set(names).size).toBe(names.length);
  expect(letters.toSorted().join('')).toBe('Pacdehilmpqtuvw');
});

test.each(runOptionList.filter(({ takes }) => takes === 'value'))('--$name takes the next word with it', ({ name }) => {
  for (const text of [`--${name} a b`, `--${name}=a b`]) {
    expect(given(parsed(text).options)).toEqual([[name, 'a']]);
    expect(operands(text)).toEqual(['b']);
  }
});

test.each(runOptionList.filter(({ takes }) => takes === 'flag'))('--$name takes no word with it', ({ name }) => {
  expect(given(parsed(`--${name} b`).options)).toEqual([[name, 'true']]);
  expect(given(parsed(`--${name}=false b`).options)).toEqual([[name, 'false']]);
  expect(operands(`--${name} b`)).toEqual(['b']);
});

test.each<[string, string[][], string[]]>([
  [
    '-it img',
    [
      ['interactive', 'true'],
      ['tty', 'true'],
    ],
    ['img'],
  ],
  ['-p80:80 img', [['publish', '80:80']], ['img']],
  ['-p=80:80 img', [['publish', '80:80']], ['img']],
  [
    '-p 80:80 -p 81:81 img',
    [
      ['publish', '80:80'],
      ['publish', '81:81'],
    ],
    ['img'],
  ],
  [
    '-itp 80:80 img',
    [
      ['interactive', 'true'],
      ['tty', 'true'],
      ['publish', '80:80'],
    ],
    ['img'],
  ],
  [
    '-itv/a:/b img',
    [
      ['interactive', 'true'],
      ['tty', 'true'],
      ['volume', '/a:/b'],
    ],
    ['img'],
  ],
  ['-d=false img', [['detach', 'false']], ['img']],
  [
    '-dit=false img',
    [
      ['detach', 'true'],
      ['interactive', 'true'],
      ['tty', 'false'],
    ],
    ['img'],
  ],
  ['-e= img', [['env', '=']], ['img']],
  ['--net host img', [['network', 'host']], ['img']],
  ['--healthcheck-command x img', [['health-cmd', 'x']], ['img']],
  ['--env A=b=c img', [['env', 'A=b=c']], ['img']],
  ['--env=A=b=c img', [['env', 'A=b=c']], ['img']],
  ['-e "A=b c" img', [['env', 'A=b c']], ['img']],
  ['-e -x img', [['env', '-x']], ['img']],
  ['--privileged false', [['privileged', 'true']], ['false']],
  ['--rm -- -img --rm', [['rm', 'true']], ['-img', '--rm']],
  ['img --privileged -x', [], ['img', '--privileged', '-x']],
  ['- x', [], ['-', 'x']],
  ['"" x', [], ['', 'x']],
])('%s', (text, options, rest) => {
  const result = parsed(text);
  expect(given(result.options)).toEqual(options);
  expect(result.operands.map((word) => word.text)).toEqual(rest);
  expect(result.problems).toEqual([]);
});

test('an option is where its own word is', () => {
  const { options } = parsed('--rm -itp 80:80 --cap-add ALL img');
  expect(options.map(({ written, span }) => [written, span.start])).toEqual([
    ['--rm', 0],
    ['-i', 5],
    ['-t', 5],
    ['-p', 5],
    ['--cap-add', 16],
  ]);
});

test.each([
  ['--volumee a img', { kind: 'unknown-option', option: '--volumee', nearest: '--volume' }],
  ['--privilaged img', { kind: 'unknown-option', option: '--privilaged', nearest: '--privileged' }],
  ['--wholly-different=secret img', { kind: 'unknown-option', option: '--wholly-different' }],
  ['-iz img', { kind: 'unknown-option', option: '-z' }],
  ['--rm --name', { kind: 'missing-value', option: '--name' }],
  ['-itv', { kind: 'missing-value', option: '-v' }],
])('%s has a problem', (text, problem) => {
  expect(parsed(text).problems).toEqual([{ ...problem, span: expect.anything() as unknown }]);
});

test('an unknown option is taken for a flag', () => {
  expect(operands('--wholly-different img x')).toEqual(['img', 'x']);
});

test.each<[string, string[], string[]]>([
  ['$OPTS img', ['$OPTS'], ['img']],
  ['$OPTS -d img', ['$OPTS'], ['img']],
  ['$OPTS $IMAGE sh', ['$OPTS'], ['$IMAGE', 'sh']],
  ['$X img sh', ['$X'], ['img', 'sh']],
  ['"${ARGS[@]}" img', ['${ARGS[@]}'], ['img']],
  ['"$@"', ['$@'], []],
  ['${DEBUG:+-it} img', ['${DEBUG:+-it}'], ['img']],
  ['${DEBUG:+"-it"} img', ['${DEBUG:+"-it"}'], ['img']],
  ['$(options) --rm img', ['$(options)'], ['img']],
  ['--rm $(DOCKER_FLAGS) $(NAME)', ['$(DOCKER_FLAGS)'], ['$(NAME)']],
  [
    '$OPTS $CONTAINER_NAME $PORTS ${REGISTRY}${IMAGE}${TAG} $@',
    ['$OPTS', '$CONTAINER_NAME', '$PORTS'],
    ['${REGISTRY}${IMAGE}${TAG}', '$@'],
  ],
  ['$IMAGE cmd', [], ['$IMAGE', 'cmd']],
  ['$IMAGE -c x', [], ['$IMAGE', '-c', 'x']],
  ['$X', [], ['$X']],
  ['$X bash', [], ['$X', 'bash']],
  ['$X /bin/x', [], ['$X', '/bin/x']],
  ['"$X" cmd', [], ['$X', 'cmd']],
  ['$X --unheard-of', [], ['$X', '--unheard-of']],
  ['$REGISTRY/$X:$TAG cmd', [], ['$REGISTRY/$X:$TAG', 'cmd']],
  ['$(docker build -q .) cmd', [], ['$(docker build -q .)', 'cmd']],
])('in %s a variable is options or the image', (text, hidden, rest) => {
  const result = parsed(text);
  expect(result.hidden.map((word) => word.text)).toEqual(hidden);
  expect(result.operands.map((word) => word.text)).toEqual(rest);
});

test.each([
  ['-e A=$B img', true],
  ['-e "A=`b`" img', true],
  ["-e 'A=$B' img", false],
  ['-e A=b img', false],
])('whether %s is known before it runs', (text, open) => {
  expect(parsed(text).options[0]?.open).toBe(open);
});

test('no list of words makes it throw, and none is lost but those that are values', () => {
  const piece = oneof(string(), constantFrom('-', '--', '-p', '-it', '--name', '--rm=', '$X', '${X', '-=', '--='));
  assert(
    property(array(piece), boolean(), (texts, literal) => {
      const words = texts.map((text, index) => {
        return { text, source: text, literal, quoted: false, span: { start: index, end: index + 1 } };
      });
      const { operands: rest } = parseRunArguments(words);
      expect(words.slice(words.length - rest.length)).toEqual(rest);
    }),
  );
});
