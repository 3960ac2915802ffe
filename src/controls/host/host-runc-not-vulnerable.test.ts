import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { hostRuncNotVulnerable as control } from './host-runc-not-vulnerable.ts';

const built = (components: Readonly<Record<string, string>>, version = '28.5.2') =>
  engine(
    {},
    {
      version: mapFact(engine().version, (before) => ({
        ...before,
        version,
        components: { Engine: version, ...components },
      })),
    },
  );

test.each([
  ['1.0.0-rc6', 'CVE-2019-5736'],
  ['1.0-rc94', 'CVE-2021-30465'],
  ['1.0.0', 'CVE-2024-21626'],
  ['1.1.11', 'CVE-2024-21626'],
  ['1.1.15', 'CVE-2025-31133'],
  ['1.2.7', 'CVE-2025-52565'],
  ['1.3.2', 'CVE-2025-52881'],
  ['1.4.0-rc.2', 'CVE-2025-31133'],
])('runc %s has %s', (runc, id) => {
  expect(judge(control, built({ runc }))).toMatchObject({
    status: 'fail',
    message: { en: expect.stringContaining(id) },
  });
});

test.each(['1.2.8', '1.3.3', 'v1.3.4', '1.4.0-rc.3', '1.4.0', '1.5.0', '2.0.0'])('runc %s has none', (runc) => {
  expect(judge(control, built({ runc })).status).toBe('pass');
});

test('a flaw counts from the series on that has it', () => {
  const verdict = judge(control, built({ runc: '1.0.0-rc92' }));
  expect(verdict.message.en).not.toContain('CVE-2024-21626');
});

test.each([
  ['1.2.14', 'fail'],
  ['v1.3.8', 'fail'],
  ['1.4.2', 'fail'],
  ['1.4.3', 'pass'],
  ['v2.2.1', 'pass'],
])('containerd %s: %s', (containerd, status) => {
  expect(judge(control, built({ containerd })).status).toBe(status);
});

test('comparing upstream versions gives false alarms for what a distribution built: unknown, unless the number is high enough', () => {
  expect(judge(control, built({ runc: '1.1.5+ds1' }, '20.10.24+dfsg1')).status).toBe('unknown');
  expect(judge(control, built({ runc: '1.1.12-0ubuntu2~22.04.1' })).status).toBe('unknown');
  expect(judge(control, built({ runc: '1.3.3-0ubuntu1~24.04.3' })).status).toBe('pass');
  expect(judge(control, built({ runc: '1.1.5' }, '20.10.24+dfsg1')).status).toBe('unknown');
  const amazon = host({ distribution: known({ id: 'amzn', version: '2023' }, 'file', '/etc/os-release') });
  expect(judge(control, built({ runc: '1.2.4' }), { machine: machine({ host: amazon }) }).status).toBe('unknown');
  const system = (operatingSystem: string) => ({ ...built({ runc: '1.2.4' }), info: info({ operatingSystem }) });
  expect(judge(control, system('Amazon Linux 2023.8.20250707')).status).toBe('unknown');
  expect(judge(control, system('SUSE Linux Enterprise Server 15 SP6'), { machine: undefined }).status).toBe('unknown');
  expect(judge(control, system('Debian GNU/Linux 13 (trixie)')).status).toBe('fail');
});

test('a flaw of one program outweighs doubt about the other', () => {
  expect(judge(control, built({ runc: '1.1.5+ds1', containerd: '1.3.0' })).status).toBe('fail');
});

test('an engine that names neither is not asked, one that does not answer is unknown', () => {
  expect(judge(control, built({ crun: '1.14' })).status).toBe('not-applicable');
  expect(judge(control, built({ runc: 'unknown' })).status).toBe('not-applicable');
  expect(judge(control, engine({}, { version: hidden })).status).toBe('unknown');
  expect(control.remedy(engine(), contextOf(control)).kind).toBe('manual');
});
