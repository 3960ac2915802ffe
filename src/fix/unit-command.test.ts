import { describe, expect, test } from 'vitest';
import { isStartedWith, serviceArguments, serviceCommand, serviceValues, type WrittenUnit } from './unit-command.ts';

const unit = (text: string, path = '/usr/lib/systemd/system/docker.service'): WrittenUnit => ({
  path,
  kind: path.endsWith('.conf') ? 'drop-in' : 'vendor',
  text,
});
const dropIn = (text: string) => unit(text, '/etc/systemd/system/docker.service.d/10-own.conf');

function started(units: readonly WrittenUnit[], files: Readonly<Record<string, string>> = {}) {
  const command = serviceCommand(units, (path) => files[path]);
  return command && serviceArguments(command)?.map(({ text }) => text);
}

const service = (line: string, more = '') => [unit(`[Service]\n${more}ExecStart=${line}\n`)];

describe('settings of several files', () => {
  test('lists grow, and an empty value begins them anew', () => {
    const units = [
      unit('[Service]\nEnvironment=A=1\nEnvironment=B=1\n'),
      dropIn('[Service]\nEnvironment=\nEnvironment=C=1'),
    ];
    expect(serviceValues(units.slice(0, 1), 'Environment').map(({ value }) => value)).toEqual(['A=1', 'B=1']);
    expect(serviceValues(units, 'Environment')).toEqual([{ value: 'C=1', path: units[1]?.path, line: 3 }]);
  });

  test('other sections do not count', () => {
    expect(serviceValues([unit('[Unit]\nExecStart=x\n[X-Service]\nExecStart=y')], 'ExecStart')).toEqual([]);
  });

  test('a drop-in that clears the command and sets it anew wins', () => {
    const units = [
      ...service('/usr/bin/dockerd -H fd://'),
      dropIn('[Service]\nExecStart=\nExecStart=/opt/dockerd --debug\n'),
    ];
    expect(started(units)).toEqual(['/opt/dockerd', '--debug']);
    expect(serviceCommand(units, () => undefined)?.path).toBe(units[1]?.path);
  });

  test.each([
    ['none', [unit('[Service]\nExecStart=\n')]],
    ['two', [...service('/usr/bin/dockerd'), dropIn('[Service]\nExecStart=/usr/bin/dockerd --debug\n')]],
    ['two in one line', service('/bin/true ; /usr/bin/dockerd')],
    ['one that is cut short', service('/usr/bin/dockerd "--label=a')],
  ])('%s is no command that can be changed', (_, units) => {
    expect(serviceCommand(units, () => undefined)).toBeUndefined();
  });
});

describe('what systemd makes of a command', () => {
  test('a variable of its own word is as many words as it has, in braces it is part of one', () => {
    const more = 'Environment="A=x \'y z\'" B=1\nEnvironment=B=2\n';
    expect(started(service('/bin/d $A ${A} b${B} c$B $$A "$B" $UNKNOWN ${UNKNOWN}', more))).toEqual([
      '/bin/d',
      'x',
      'y z',
      "x 'y z'",
      'b2',
      'c$B',
      '$A',
      '2',
      '',
    ]);
  });

  test('files outrank the unit, later ones earlier ones, and those that are missing are empty', () => {
    const more =
      'EnvironmentFile=-/etc/default/docker\nEnvironmentFile=-/etc/x\nEnvironmentFile=/etc/y\nEnvironment=A=unit\n';
    const files = { '/etc/default/docker': 'A=first\n', '/etc/y': 'A=last\n' };
    expect(started(service('/bin/d $A', more), files)).toEqual(['/bin/d', 'last']);
    expect(
      serviceCommand(service('/bin/d $A', more), (path) =>
        path === '/etc/y' ? files['/etc/y'] : undefined,
      )?.variables.get('A'),
    ).toEqual({
      value: 'last',
      path: '/etc/y',
      line: 1,
      kind: 'environment-file',
    });
  });

  test('specifiers are left alone, and %% is a per cent sign', () => {
    expect(started(service('/bin/d --label=%H 100%%'))).toEqual(['/bin/d', undefined, '100%']);
  });

  test('prefixes of the program: a colon keeps variables as they are, @ gives it another name', () => {
    expect(started(service('-:/bin/d $A %%'))).toEqual(['-:/bin/d', '$A', '%']);
    expect(started(service('!@/bin/d name --debug'))).toEqual(['name', '--debug']);
  });

  test('an escaped semicolon is an argument, and a value that cannot be split is none', () => {
    expect(started(service(String.raw`/bin/d \;`))).toEqual(['/bin/d', ';']);
    expect(started(service('/bin/d $A'), {})).toEqual(['/bin/d']);
    expect(started(service('/bin/d $A', 'EnvironmentFile=/e\n'), { '/e': `A="it's"` })).toBeUndefined();
  });

  test('arguments know which word of which variable they are', () => {
    const command = serviceCommand(service('/bin/d $A', 'Environment="A=x y"\n'), () => undefined);
    expect(command && serviceArguments(command)?.[2]).toEqual({
      text: 'y',
      word: 1,
      variable: { name: 'A', position: 1 },
    });
  });
});

describe('the arguments of a process', () => {
  const expected = [
    { text: '-/bin/d', word: 0 },
    { text: '--debug', word: 1 },
    { text: undefined, word: 2 },
  ];

  test('are the same but for the program, and for what a specifier stands for', () => {
    expect(isStartedWith(expected, ['/bin/d', '--debug', '--label=harbour'])).toBe(true);
  });

  test.each([[['/bin/d', '--icc', 'x']], [['/bin/d', '--debug']], [['/bin/d', '--debug', 'x', 'y']]])(
    '%j are others',
    (given) => {
      expect(isStartedWith(expected, given)).toBe(false);
    },
  );
});
