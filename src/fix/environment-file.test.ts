import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEnvironmentText, withoutWords } from './environment-file.ts';

const read = (text: string) => readEnvironmentText(text).map(({ name, value, line }) => [name, value, line]);

/** As Fedora's moby-engine brings it. */
const fedora = `# /etc/sysconfig/docker

# Modify these options if you want to change the way the docker daemon runs
OPTIONS="--selinux-enabled \\
  --log-driver=journald \\
  --live-restore \\
  --default-ulimit nofile=1024:1024 \\
"
`;

describe('an environment file', () => {
  test('is read as systemd reads it', () => {
    const text = [
      '# a comment',
      '; another',
      'A=bare words  ',
      'B="double \\" \\x $A" more',
      "C='single \\ quoted'",
      'D=over\\',
      'lines',
      'E=',
      'export F=no',
      'no assignment',
      'G=b"c"',
      '  H = spaced',
      String.raw`I=kept\ \  `,
    ].join('\n');
    expect(read(text)).toEqual([
      ['A', 'bare words', 3],
      ['B', String.raw`double " \x $Amore`, 4],
      ['C', String.raw`single \ quoted`, 5],
      ['D', 'overlines', 6],
      ['E', '', 8],
      ['G', 'b"c"', 11],
      ['H', 'spaced', 12],
      ['I', 'kept  ', 13],
    ]);
  });

  test('a quoted value goes on over lines', () => {
    expect(read(fedora)).toEqual([
      ['OPTIONS', '--selinux-enabled   --log-driver=journald   --live-restore   --default-ulimit nofile=1024:1024 ', 4],
    ]);
  });
});

describe('words are taken out of a value', () => {
  test.each<[string, number[], string]>([
    ['A="-H fd:// --debug"\n', [2], 'A="-H fd://"\n'],
    ['A="--debug -H fd://"\n', [0], 'A="-H fd://"\n'],
    ['A="--debug"\n', [0], 'A=""\n'],
    ["A='--debug --icc=false'\n", [0, 1], "A=''\n"],
    ['# x\nA=--debug --icc=false --init # y\nB=1\n', [1], '# x\nA=--debug --init # y\nB=1\n'],
    ['A=--debug --icc\n', [1], 'A=--debug\n'],
  ])('%j without %j', (text, positions, expected) => {
    expect(withoutWords(text, 'A', new Set(positions))).toBe(expected);
  });

  test('a line that is nothing but the option goes', () => {
    expect(withoutWords(fedora, 'OPTIONS', new Set([1]))).toBe(fedora.replace('  --log-driver=journald \\\n', ''));
    expect(withoutWords(fedora, 'OPTIONS', new Set([3, 4]))).toBe(
      fedora.replace('  --default-ulimit nofile=1024:1024 \\\n', ''),
    );
  });

  test('of several assignments the last one counts', () => {
    expect(withoutWords('A=x --debug\nA=--debug y\n', 'A', new Set([0]))).toBe('A=x --debug\nA=y\n');
  });

  test('not where the rest would be read otherwise, or where there is no such word', () => {
    expect(withoutWords('A="--debug"x\n', 'A', new Set([1]))).toBeUndefined();
    expect(withoutWords('B=x\n', 'A', new Set([0]))).toBeUndefined();
    expect(withoutWords(`A="--x 'y"\n`, 'A', new Set([0]))).toBeUndefined();
    // Without the first word, the second begins the value, and its quote is one.
    expect(withoutWords(`A=--debug "x"\n`, 'A', new Set([0]))).toBe(`A="x"\n`);
  });

  test('whatever the value, the others stay as they were or nothing is done', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '\\', '"', "'", '\n', '=', '#', '$') });
    fc.assert(
      fc.property(text, fc.nat(3), (value, position) => {
        const file = `A="x y"\nB=${value}\nC=z\n`;
        const next = withoutWords(file, 'B', new Set([position]));
        fc.pre(next !== undefined);
        expect(othersIn(next)).toEqual(othersIn(file));
        expect(next.length).toBeLessThan(file.length);
      }),
    );
  });
});

function othersIn(text: string): string[] {
  return readEnvironmentText(text).flatMap(({ name, value }) => (name === 'B' ? [] : [value]));
}
