import { expect, test } from 'vitest';
import { namesOf, planContext } from './host-plan.fixture.ts';
import { overridingLine, parameterFiles, parameterLines, withParameters } from './kernel-parameter-files.ts';

const own = '/etc/sysctl.d/60-plimsoll.conf';
const read = (files: Readonly<Record<string, string>>) => parameterFiles(planContext({ files }), namesOf(files));

test('lines with dots, slashes, a minus and comments are read as systemd-sysctl reads them', () => {
  const text =
    '# a = 1\n; b = 2\n kernel.c=3\n-net/ipv4/conf/eth0.5/x  =  4\t5 \nnet.ipv4.conf.*.y = 6\n-net.ipv4.conf.all\n';
  expect(parameterLines('/f', text)).toEqual([
    { path: '/f', line: 3, name: 'kernel.c', value: '3' },
    { path: '/f', line: 4, name: 'net.ipv4.conf.eth0/5.x', value: '4 5' },
  ]);
});

test('files come by name whatever their folder, and one in /etc hides its namesake', () => {
  const files = {
    '/usr/lib/sysctl.d/50-default.conf': 'kernel.a = 0',
    '/etc/sysctl.d/50-default.conf': 'kernel.a = 1',
    '/usr/lib/sysctl.d/10-x.conf': '',
    '/run/sysctl.d/70-y.conf': '',
    '/etc/sysctl.d/README.sysctl': 'kernel.a = 9',
    '/etc/sysctl.conf': '',
    '/etc/sysctl.d/99-sysctl.conf': '->/etc/sysctl.conf',
  };
  expect(read(files).map(({ path }) => path)).toEqual([
    '/usr/lib/sysctl.d/10-x.conf',
    '/etc/sysctl.d/50-default.conf',
    '/run/sysctl.d/70-y.conf',
    '/etc/sysctl.conf',
  ]);
});

test('the last of the later files decides', () => {
  const files = {
    '/etc/sysctl.d/10-a.conf': 'kernel.a = 9',
    '/etc/sysctl.d/70-b.conf': '\nkernel.a = 0',
    '/etc/sysctl.d/80-c.conf': '->/dev/null',
  };
  expect(overridingLine(read(files), own, 'kernel.a', '1')).toMatchObject({ path: '/etc/sysctl.d/70-b.conf', line: 2 });
  const mended = read({ ...files, '/etc/sysctl.conf': 'kernel.a=1' });
  expect(overridingLine(mended, own, 'kernel.a', '1')).toBeUndefined();
  expect(overridingLine(read(files), own, 'kernel.b', '1')).toBeUndefined();
});

test('what is in the file stays, and a line that sets the same is changed', () => {
  const settings = new Map([
    ['kernel.a', '1'],
    ['kernel.b', '2'],
  ]);
  expect(withParameters('', settings)).toBe('# Written by plimsoll fix.\nkernel.a = 1\nkernel.b = 2\n');
  expect(withParameters('# mine\nkernel/b = 0\nvm.x = 5', settings)).toBe(
    '# mine\nkernel.b = 2\nvm.x = 5\nkernel.a = 1\n',
  );
  const done = 'kernel.a=1\n\n kernel.b = 2 \n';
  expect(withParameters(done, settings)).toBe(done);
});

test('systemd passes over sysctl.conf where no link leads to it', () => {
  const files = { '/etc/sysctl.d/10-a.conf': '', '/etc/sysctl.conf': 'kernel.a = 1', '/run/systemd/system': '' };
  expect(read(files).map(({ path }) => path)).toEqual(['/etc/sysctl.d/10-a.conf']);
  const linked = { ...files, '/etc/sysctl.d/99-sysctl.conf': '->/etc/sysctl.conf' };
  expect(read(linked).map(({ path }) => path)).toEqual(['/etc/sysctl.d/10-a.conf', '/etc/sysctl.conf']);
});

function refuse(): never {
  throw Object.assign(new Error('no'), { code: 'EACCES' });
}

test('a file that only root may read says nothing, and is no crash', () => {
  const context = planContext({ files: { '/etc/sysctl.conf': 'kernel.a = 1' } });
  expect(parameterFiles({ ...context, file: refuse }, () => [])).toEqual([{ path: '/etc/sysctl.conf', lines: [] }]);
});
