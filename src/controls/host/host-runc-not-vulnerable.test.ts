import { describe, expect, test } from 'vitest';
import { component, flaw, machineOf, type Told, uncovered } from '../../../test/host-components.ts';
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

function on(...told: readonly Told[]) {
  return machineOf(told.map((each) => component('runtime', each, { name: 'runc', version: '1.1.5+ds1-1' })));
}

function by(judgedBy: 'build' | 'engine') {
  return { machine: machineOf([component('runtime', [flaw()], { name: 'runc', version: '1.3.3', judgedBy })]) };
}

function here(...parts: Parameters<typeof machineOf>[0]) {
  return { machine: machineOf(parts) };
}

function ofPackage(name: string) {
  return { package: `pkg:deb/debian/${name}@1` };
}

test('a runc of others with flaws that nobody has rated does not pass by its number', () => {
  const unrated = flaw({ severity: { level: 'unknown', source: '' } });
  const there = here(component('runtime', [unrated], { name: 'runc', version: '1.3.3', judgedBy: 'build' }));
  expect(judge(control, built({ runc: '1.3.3' }), there)).toMatchObject({
    status: 'unknown',
    message: { en: 'Nobody has rated 1 of the flaws of runc 1.3.3 that are fixed in newer versions.' },
  });
});

describe('a runc that the distribution built', () => {
  const packaged = built({ runc: '1.1.5+ds1' }, '20.10.24+dfsg1');
  const escape = { id: 'CVE-2024-21626' };

  test('has what its advisories tell of, and nothing that its number alone would have', () => {
    expect(judge(control, packaged, { machine: on([]) })).toMatchObject({
      status: 'pass',
      message: { en: 'No severe flaw is known of runc 1.1.5+ds1-1.' },
    });
    const verdict = judge(control, packaged, { machine: on([flaw(escape)]) });
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('has CVE-2024-21626 (a folder of the host stays open');
    expect(verdict.message.en).not.toContain('CVE-2025-31133');
  });

  test('has a way out of containers also where nobody has mended or rated it, unless it is none there', () => {
    const unmended = { ...escape, status: 'will-not-fix', severity: { level: 'low', source: 'debian' } } as const;
    expect(judge(control, packaged, { machine: on([flaw(unmended)]) }).status).toBe('fail');
    const named = { id: 'GHSA-1', aliases: [escape.id] };
    expect(judge(control, packaged, { machine: on([flaw(named)]) }).status).toBe('fail');
    expect(judge(control, packaged, { machine: on([flaw({ ...escape, status: 'not-affected' })]) }).status).toBe(
      'pass',
    );
  });

  test('fails for other severe flaws too, which count as what they are', () => {
    const flawed = on([flaw()]);
    expect(judge(control, packaged, { machine: flawed }).message.en).toContain('CVE-2024-1 (fixed in 2-1)');
    expect(judge(control, packaged, { machine: flawed, parameters: { threshold: 'critical' } }).status).toBe('pass');
    const severityOf = (each: typeof packaged, there = flawed) =>
      typeof control.severity === 'object'
        ? control.severity.of(each, contextOf(control, { machine: there }))
        : undefined;
    const high = built({ runc: '1.3.3' });
    expect(severityOf(high)).toBe('high');
    expect(severityOf(high, on([flaw({ exploitedSince: '2024-01-01' })]))).toBe('critical');
    expect(severityOf(high, on([flaw(escape)]))).toBe('critical');
    expect(severityOf(built({ runc: '1.1.5' }), on([]))).toBe('critical');
  });

  test('without advisories is what its number says, and what they would need to be', () => {
    expect(judge(control, packaged, { machine: on(hidden) })).toMatchObject({ status: 'unknown', need: hidden.need });
    expect(judge(control, built({ runc: '1.3.3-0ubuntu1' }), { machine: on(hidden) }).status).toBe('pass');
    const open = machineOf([component('runtime', [], {}, [uncovered('unreadable-advisory')])]);
    expect(judge(control, packaged, { machine: open }).status).toBe('unknown');
  });

  test('is judged without an engine that answers', () => {
    const silent = engine({}, { version: hidden });
    expect(judge(control, silent, { machine: on([]) }).status).toBe('pass');
    expect(judge(control, silent, { machine: on([flaw()]) }).status).toBe('fail');
    expect(judge(control, silent, { machine: on(hidden) }).status).toBe('unknown');
  });
});

test('a runc of Docker is judged by its number, and by what is built in', () => {
  expect(judge(control, built({ runc: '1.3.3' }), by('build')).message.en).toContain(
    'CVE-2024-1 (in runc, fixed in 2-1)',
  );
  expect(judge(control, built({ runc: '1.3.3' }), by('engine')).status).toBe('fail');
  // What somebody else built may be mended under the number that the engine reports.
  expect(judge(control, built({ runc: '1.3.3-0ubuntu1' }), by('engine')).status).toBe('pass');
});

test("of Podman its runtime and monitor are judged, by the distribution's advisories only", () => {
  const podman = { ...built({ 'OCI Runtime (crun)': 'crun version 1.8' }), kind: 'podman' as const };
  const crun = component('runtime', [], { name: 'crun' });
  expect(judge(control, podman, here(crun)).status).toBe('pass');
  expect(judge(control, podman, here(crun, component('monitor', [flaw()], { name: 'conmon' }))).status).toBe('fail');
  expect(judge(control, podman, here(component('runtime', hidden))).status).toBe('unknown');
  expect(judge(control, podman, { machine: machine({ host: host({ components: hidden }) }) }).status).toBe('unknown');
  expect(judge(control, podman, here()).status).toBe('not-applicable');
});

test('the remedy names the packages of the distribution', () => {
  const owned = machineOf([
    component('runtime', [flaw()], ofPackage('runc')),
    component('containerd', [], ofPackage('containerd')),
    component('monitor', [], { ...ofPackage('podman'), judgedBy: 'build' }),
  ]);
  const remedy = control.remedy(engine(), contextOf(control, { machine: owned }));
  expect(remedy).toMatchObject({
    commands: expect.arrayContaining(['apt-get install --only-upgrade runc containerd']),
  });
});
