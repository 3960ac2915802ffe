import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ShellCommand } from '../../model/shell.ts';
import { JoinedText } from './offset-map.ts';
import { parseArguments, parseShell } from './shell.ts';

/** `sudo>apt-get install x`: what a command is handed by, and its words. */
function lines(text: string): string[] {
  return parseShell(text, 0).commands.map(line);
}

function line({ via, words }: ShellCommand): string {
  return [...via.map((each) => `${each}>`), words.map((word) => word.text).join(' ')].join('');
}

test.each([
  ['a; b\nc & d', ['a', 'b', 'c', 'd']],
  ['if a; then b; else c; fi', ['a', 'b', 'c']],
  ['for x in $(a); do b; done; while c; do d; done', ['a', 'b', 'c', 'd']],
  ['case $x in 1) a;; *) b;; esac', ['a', 'b']],
  ['f() { a; }; (b); { c; }', ['a', 'b', 'c']],
  ['a "$(b `c`)" <(d)', ['a $(b `c`) <(d)', 'b `c`', 'c', 'd']],
  ['echo `a \\`b\\``', ['echo `a \\`b\\``', 'a `b`', 'b']],
  ['X=$(a) Y=2 b >$(c)', ['b', 'a', 'c']],
  ['[[ $(a) == b ]] && c', ['a', 'c']],
  ['time -p a | b', ['a', 'b']],
  ['a # b', ['a']],
  ['# only a comment', []],
  ['', []],
])('every simple command of %j is found', (text, expected) => {
  expect(lines(text).toSorted()).toEqual(expected.toSorted());
});

test.each([
  ['sudo apt-get install x', ['sudo>apt-get install x']],
  ['sudo -E -u root A=b apt-get update', ['sudo>apt-get update']],
  ['sudo --user=root -- apt-get update', ['sudo>apt-get update']],
  ['sudo -l', []],
  ['/usr/bin/env -i A=b make', ['env>make']],
  ['env A=b', []],
  ["env -S 'make all'", ['env>make all']],
  ['exec gosu app:app server', ['exec>gosu app:app server', 'exec>gosu>server']],
  ['timeout -k 5 --signal=KILL 10m make', ['timeout>make']],
  ['nice -n 10 nohup make', ['nice>nohup make', 'nice>nohup>make']],
  ['find . -name x -print0 | xargs -0 -n1 rm -f', ['xargs>rm -f']],
  ['find / -perm /6000 -exec chmod a-s {} +', ['find>chmod a-s {}']],
  ['find . -exec sh -c \'rm "$1"\' _ {} \\;', ['find>sh -c rm "$1" _ {}', 'find>sh>rm $1']],
  ['command -v apt', []],
  ['command apt update', ['command>apt update']],
  ['busybox wget x', ['busybox>wget x']],
  ["sh -c 'a && b'", ['sh>a', 'sh>b']],
  ['bash -euo pipefail -c "a $x; b"', ['bash>a $x', 'bash>b']],
  ["/bin/bash -lc 'a' name", ['bash>a']],
  ['bash script.sh -c x', []],
  ['sh -s -- --yes', []],
  ["su - app -c 'a b'", ['su>a b']],
  ['runuser -u app -- a b', ['runuser>a b']],
  ["eval 'a b' c", ['eval>a b c']],
  ['eval "$(ssh-agent)"', ['ssh-agent']],
  ["sudo sh -c 'curl x | bash'", ['sudo>sh -c curl x | bash', 'sudo>sh>curl x', 'sudo>sh>bash']],
  ['bash <<EOF\na\nb\nEOF', ['bash>a', 'bash>b']],
  ['python3 <<EOF\na\nEOF', []],
  ['bash build.sh <<EOF\na\nEOF', []],
  ['ssh host sh -c x', []],
  ['bash -c "a $(b)"', ['bash>a $(b)', 'b']],
  ['tini -- server', ['tini>server']],
])('%j carries its inner commands', (text, expected) => {
  const carried = parseShell(text, 0).commands.filter(({ via, depth }) => via.length > 0 || depth > 0);
  expect(carried.map(line).toSorted()).toEqual(expected.toSorted());
});

test('pipelines, places and what joins commands', () => {
  const { commands } = parseShell('a | sudo b && c || d; e & (f; g)', 0);
  expect(
    commands.map(({ program, pipeline, place, pipelineLength, joined, depth }) =>
      [program, pipeline, `${place}/${pipelineLength}`, joined ?? '', depth].join(' '),
    ),
  ).toEqual([
    'a 1 0/2  0',
    'sudo 1 1/2  0',
    'b 1 1/2  0',
    'c 2 0/1 && 0',
    'd 3 0/1 || 0',
    'e 4 0/1 ; 0',
    'f 5 0/1  1',
    'g 6 0/1 ; 1',
  ]);
});

test('a program without its folders; none where only the run would tell', () => {
  expect(
    parseShell("/usr/bin/apt-get x; 'apt' x; $APT x; $(which apt) x; A=b", 0).commands.map(({ program }) => program),
  ).toEqual(['apt-get', 'apt', '', '', 'which', '']);
});

test.each([
  ['plain', 'plain', true, false],
  ["'a b'", 'a b', true, true],
  ['"a b"', 'a b', true, true],
  ['a\\ b', 'a b', true, true],
  ['"a $x"', 'a $x', false, true],
  ['$x', '$x', false, false],
  ['$(x)', '$(x)', false, false],
  ['*.txt', '*.txt', false, false],
  ["'*.txt'", '*.txt', true, true],
  ['{a,b}', '{a,b}', false, false],
  ["$'a\\tb'", 'a\tb', true, true],
])('the word %s', (source, text, literal, quoted) => {
  const [command] = parseShell(`echo ${source}`, 0).commands;
  expect(command?.words[1]).toEqual({ source, text, literal, quoted, span: { start: 5, end: 5 + source.length } });
});

test('assignments and redirects', () => {
  const [command] = parseShell('A=1 B="x y" run 2>/dev/null >>"out" <<< in <<-\'E\'\n\tbody\n\tE\n', 10).commands;
  expect(command?.assignments.map(({ name, value, span }) => [name, value.text, span.start])).toEqual([
    ['A', '1', 10],
    ['B', 'x y', 14],
  ]);
  expect(command?.redirects.map(({ operator, target, body }) => [operator, target.text, body])).toEqual([
    ['2>', '/dev/null', undefined],
    ['>>', 'out', undefined],
    ['<<<', 'in', undefined],
    ['<<-', 'E', '\tbody\n'],
  ]);
});

test('spans of a script in a string of a script count in the file', () => {
  const text = 'x; sudo bash -c "echo \\"hi\\" && apt-get \'install\' curl"';
  const found = parseShell(text, 0).commands.filter(({ program }) => program === 'apt-get');
  expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual(["apt-get 'install' curl"]);
  expect(found[0]?.words.map(({ span }) => text.slice(span.start, span.end))).toEqual(['apt-get', "'install'", 'curl']);
});

test('spans of a script that was put together count in what it was made of', () => {
  const file = 'apt-get \\\n  install \\\n# note\n  curl';
  const script = new JoinedText();
  script.add('apt-get ', 0);
  script.add('  install ', 10);
  script.add('  curl', 29);
  const [command] = parseShell(script.text, script).commands;
  expect(command?.words.map(({ span }) => file.slice(span.start, span.end))).toEqual(['apt-get', 'install', 'curl']);
  expect(command?.span).toEqual({ start: 0, end: file.length });
});

test('what cannot be read is said, and the commands around it are there', () => {
  const { commands, errors } = parseShell("a; echo 'b", 5);
  expect(commands.map(({ program }) => program)).toEqual(['a', 'echo']);
  expect(errors).toMatchObject([{ span: { start: 13, end: 14 } }]);
});

test('a program with arguments is one command, and what it carries', () => {
  const words = ['sudo', 'sh', '-c', 'a "b c"'].map((text, index) => ({
    text,
    map: { at: (at: number) => index * 100 + at },
  }));
  const { commands } = parseArguments(words);
  expect(commands.map(line)).toEqual(['sudo sh -c a "b c"', 'sudo>sh -c a "b c"', 'sudo>sh>a b c']);
  expect(commands[2]?.words[1]?.span).toEqual({ start: 302, end: 307 });
  expect(parseArguments([]).commands).toEqual([]);
});

const pieces = fc.constantFrom(
  'a',
  'sudo',
  'sh -c',
  'eval',
  "'",
  '"',
  '`',
  '\\',
  '$(',
  ')',
  '${x',
  '}',
  '|',
  '&&',
  ';',
  '\n',
  ' ',
  '<<E',
  'E',
  '#',
  '(',
  '{',
  'if',
  'fi',
  '<(',
  'é𝒳',
);

test('any text is read, and every span is inside of it', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const { commands, errors } = parseShell(text, 7);
      const spans = [
        ...errors.map(({ span }) => span),
        ...commands.flatMap(({ span, words, assignments, redirects }) => [
          span,
          ...words.map((word) => word.span),
          ...assignments.map((each) => each.span),
          ...redirects.map(({ target }) => target.span),
        ]),
      ];
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(7);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(7 + text.length);
      }
      for (const { words } of commands) for (const word of words) expect(word.source.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
