import { describe, expect, test } from 'vitest';
import { component, flaw, machineOf, type Told, uncovered } from '../../../test/host-components.ts';
import { contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { noAdvisories } from '../../model/host-component.ts';
import { daemonVersionCurrent as control } from './daemon-version-current.ts';

const running = (version: string, components: Record<string, string> = {}) =>
  engine({}, { version: mapFact(engine().version, (before) => ({ ...before, version, components })) });

const on = (day: string, version: string) =>
  control.judge(running(version), { ...contextOf(control), now: new Date(day) });

const commandsOn = (id: string, local = true) => {
  const distribution = known({ id, version: '9' }, 'file', '/etc/os-release');
  const context = contextOf(control, { machine: machine({ host: host({ distribution }) }) });
  const remedy = control.remedy(engine({}, { local }), context);
  return remedy.kind === 'manual' ? remedy.commands.join(' ') : '';
};

test('a release of a maintained line without known faults passes', () => {
  expect(judge(control, engine()).status).toBe('pass');
});

test.each(['1.13.1', '18.06.3-ce', '19.03.15', '20.10.24', '24.0.9', '26.1.5', '27.5.1', '28.5.2'])(
  '%s belongs to a line that is not maintained any more',
  (version) => {
    const verdict = judge(control, running(version));
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('maintained');
  },
);

test('a line is maintained until the day on which it ends', () => {
  expect(on('2026-03-01', '28.5.2').status).toBe('pass');
  expect(on('2026-05-12', '28.5.2').message.en).not.toContain('maintained');
  expect(on('2026-05-13', '28.5.2').message.en).toContain('has not been maintained since 2026-05-13');
});

test('a known fault of a maintained line fails by its number', () => {
  expect(on('2025-09-01', '28.3.2').message.en).toContain('CVE-2025-54388');
  expect(on('2025-09-01', '28.3.3').status).toBe('pass');
  expect(on('2024-09-01', '27.1.0').message.en).toContain('CVE-2024-41110');
  expect(on('2024-09-01', '27.1.1').status).toBe('pass');
  expect(judge(control, running('29.3.0')).message.zh).toContain('CVE-2026-34040');
});

test('25.0, which others maintain, is judged as far as Docker has release notes of it', () => {
  expect(judge(control, running('25.0.5')).message.en).toContain('CVE-2024-41110');
  expect(judge(control, running('25.0.6')).message.en).toContain('CVE-2025-54410');
  expect(judge(control, running('25.0.14')).status).toBe('unknown');
});

test.each(['20.10.24+dfsg1', '24.0.7-0ubuntu4', '26.1.3-1.el9', '28.3.3-ce'])(
  'the distribution build %s may carry backports: unknown, never a false alarm',
  (version) => expect(judge(control, running(version)).status).toBe('unknown'),
);

test('a distribution build is known by the runc beside it too', () => {
  const ubuntu = running('24.0.7', { Engine: '24.0.7', containerd: '1.7.12', runc: '1.1.12-0ubuntu3.1' });
  expect(judge(control, ubuntu).status).toBe('unknown');
});

test('some distributions mend an engine under its upstream number', () => {
  const distribution = known({ id: 'amzn', version: '2' }, 'file', '/etc/os-release');
  const amazon = { machine: machine({ host: host({ distribution }) }) };
  const subject = running('20.10.25');
  expect(judge(control, subject, amazon)).toMatchObject({ status: 'unknown' });
  expect(judge(control, subject, amazon).need?.en).toContain('advisories of amzn 2');
  expect(judge(control, { ...subject, local: false }, amazon).status).toBe('fail');
  const own = info({ product: 'Community Engine' });
  expect(judge(control, { ...subject, info: own }, amazon).status).toBe('fail');
});

test('what to compare with is the distribution, where it is known', () => {
  const subject = running('20.10.24+dfsg1');
  expect(judge(control, subject).need?.en).toContain('advisories of debian 13');
  expect(judge(control, subject, { machine: undefined }).need?.en).toContain('advisories of its distribution');
  expect(judge(control, { ...subject, local: false }).need?.en).toContain('advisories of its distribution');
});

test('a preview fails, a build without a number is unknown', () => {
  expect(judge(control, running('29.6.0-rc.1')).message.en).toContain('preview');
  expect(judge(control, running('dev')).status).toBe('unknown');
});

test('a release that came after this list is unknown', () => {
  expect(judge(control, running('99.0.0')).status).toBe('unknown');
});

test('an old list passes nothing, and still fails what it knows', () => {
  expect(on('2031-01-01', '29.99.0').status).toBe('unknown');
  expect(on('2031-01-01', '29.3.0').status).toBe('fail');
  const patient = { ...contextOf(control, { parameters: { maximumListAge: 36_500 } }), now: new Date('2031-01-01') };
  expect(control.judge(running('29.99.0'), patient).status).toBe('pass');
});

test('an engine that does not answer is unknown', () => {
  expect(judge(control, engine({}, { version: hidden })).status).toBe('unknown');
});

test("the remedy speaks the package manager of the host's distribution", () => {
  expect(commandsOn('ubuntu')).toContain('apt-get');
  expect(commandsOn('rocky')).toContain('dnf');
  expect(commandsOn('plan9')).toBe('');
  expect(commandsOn('ubuntu', false)).toBe('');
});

function packagedAs(...told: readonly Told[]) {
  return machineOf(told.map((each) => component('engine', each, { name: 'dockerd', version: '20.10.24-1' })));
}

function built(...found: readonly Parameters<typeof flaw>[0][]) {
  const each = { name: 'dockerd', version: '29.3.0', judgedBy: 'build' } as const;
  return machineOf([component('engine', found.map(flaw), each)]);
}

describe('an engine that the distribution built', () => {
  const packaged = running('20.10.24+dfsg1');
  test('passes where its distribution is maintained and tells of no flaw', () => {
    const verdict = judge(control, packaged, { machine: packagedAs([]) });
    expect(verdict).toMatchObject({
      status: 'pass',
      message: { en: 'Advisories of debian 13 know of no severe flaw of dockerd 20.10.24-1 that is fixed.' },
      evidence: [{ path: 'advisories of Debian:13' }],
    });
  });

  test('fails for a severe flaw that is mended, and as gravely as that is', () => {
    const here = packagedAs([flaw({ exploitedSince: '2024-05-01' })]);
    expect(judge(control, packaged, { machine: here })).toMatchObject({
      status: 'fail',
      message: { en: 'dockerd 20.10.24-1 has CVE-2024-1 (fixed in 2-1, exploited since 2024-05-01).' },
    });
    const severity = typeof control.severity === 'object' ? control.severity : undefined;
    expect(severity?.of(packaged, contextOf(control, { machine: here }))).toBe('critical');
    expect(severity?.of(packaged, contextOf(control))).toBe('high');
    expect(judge(control, packaged, { machine: here, parameters: { accepted: ['CVE-2024-1'] } }).status).toBe('pass');
  });

  test('is told by its package, where its number looks like one of Docker', () => {
    expect(judge(control, running('24.0.7'), { machine: packagedAs([]) }).status).toBe('pass');
    expect(judge(control, engine({}, { version: hidden }), { machine: packagedAs([]) }).status).toBe('pass');
  });

  test('fails once its distribution has ended: no more advisories come', () => {
    const stretch = { id: 'debian', version: '9', name: 'Debian GNU/Linux 9 (stretch)', idLike: [] };
    const here = machineOf([component('engine', [], { name: 'dockerd' })], stretch);
    expect(judge(control, packaged, { machine: here }).message.en).toContain('has had no fixes since 2022-06-30');
  });

  test('is unknown without advisories, and needs just those', () => {
    const verdict = judge(control, packaged, { machine: packagedAs(hidden) });
    expect(verdict).toMatchObject({ status: 'unknown', need: hidden.need });
    const open = component('engine', [], {}, [uncovered('unreadable-advisory')]);
    expect(judge(control, packaged, { machine: machineOf([open]) }).status).toBe('unknown');
    const none = machine({ host: host({ components: noAdvisories }) });
    expect(judge(control, packaged, { machine: none }).need?.en).toMatch(/advisories of debian 13; or .*feeds update/);
    expect(judge(control, { ...packaged, local: false }, { machine: none }).need?.en).not.toContain('feeds');
  });

  test('is upgraded by its own package', () => {
    const here = machineOf([component('engine', [flaw()], { package: 'pkg:deb/debian/docker.io@20.10.24-1' })]);
    expect(control.remedy(packaged, contextOf(control, { machine: here }))).toMatchObject({
      commands: ['apt-get update', 'apt-get install --only-upgrade docker.io'],
    });
  });

  test('is what Podman always is', () => {
    const podman = { ...running('4.3.1'), kind: 'podman' as const };
    expect(judge(control, podman).status).toBe('unknown');
    expect(judge(control, podman, { machine: packagedAs([]) }).status).toBe('pass');
  });
});

describe('an engine that Docker built', () => {
  test('fails for what is built in, beside what is listed, each once', () => {
    const module = { ...flaw().reason, name: 'stdlib' };
    const here = built({ id: 'CVE-2026-34040' }, { id: 'CVE-2026-1', fixedIn: '1.26.3', reason: module });
    const verdict = judge(control, running('29.3.0'), { machine: here });
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toMatch(
      /^29\.3\.0 has known faults: .*CVE-2026-34040.*\. dockerd 29\.3\.0 has CVE-2026-1/,
    );
    expect(verdict.message.en).toContain('CVE-2026-1 (in stdlib, fixed in 1.26.3).');
    expect(verdict.message.en.match(/CVE-2026-34040/g)).toHaveLength(1);
  });

  test('passes by the list where no advisory tells of more', () => {
    expect(judge(control, engine(), { machine: built() }).status).toBe('pass');
    const silent = machineOf([component('engine', hidden, { name: 'dockerd', version: '29.3.0', judgedBy: 'build' })]);
    expect(judge(control, engine(), { machine: silent }).status).toBe('pass');
  });

  test('is unknown where nobody has rated what is repaired of it', () => {
    const verdict = judge(control, engine(), { machine: built({ severity: { level: 'unknown', source: '' } }) });
    expect(verdict).toMatchObject({
      status: 'unknown',
      message: { en: expect.stringMatching(/^Nobody has rated 1 /) },
    });
    expect(verdict.evidence[0]?.path).toContain('Version');
  });

  test('is not maintained for the lack of known flaws', () => {
    expect(judge(control, running('24.0.9'), { machine: built() }).message.en).toContain('has not been maintained');
  });
});
