import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import type { Listener } from '../../model/effective.ts';
import { known, mapFact } from '../../model/fact.ts';
import { daemonUnixSocketOnly as control } from './daemon-unix-socket-only.ts';

// The catalogue names CIS 5.32 here; that number asks about sockets mounted into containers, which is another control.

const sockets = (unix: string[], tcp: Listener[] = []) => known({ unix, tcp }, 'kernel', '/proc/400/fd');
const listener = (address: string, port: number): Listener => ({ protocol: 'tcp', address, port });
const started = (...flags: string[]) =>
  mapFact(engine().process, (before) => ({ ...before, arguments: ['/usr/bin/dockerd', ...flags] }));

const remedyFor = (hosts: string[]) => control.remedy(engine({ hosts }), contextOf(control));

test.each(['/run/docker.sock', '/var/run/docker.sock', '/run/user/1000/docker.sock'])('%s alone passes', (path) => {
  expect(judge(control, engine({}, { sockets: sockets([path]) })).status).toBe('pass');
});

test('a TCP port fails, on loopback too, and names the place', () => {
  const verdict = judge(
    control,
    engine({}, { sockets: sockets(['/run/docker.sock'], [listener('127.0.0.1', 2375), listener('::', 2376)]) }),
  );
  expect(verdict).toMatchObject({ status: 'fail', field: 'hosts' });
  expect(verdict.message.en).toContain('tcp://127.0.0.1:2375, tcp://[::]:2376');
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('docker-bench 2.7 does not find a TCP host that stands on a line of its own in daemon.json', () => {
  const onPaper = engine({ hosts: ['unix:///run/docker.sock', 'tcp://0.0.0.0:2375'] }, { sockets: hidden });
  const verdict = judge(control, onPaper);
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.path).toBe('/etc/docker/daemon.json hosts');
});

test('the kernel outranks the settings, both ways', () => {
  const open = engine({}, { sockets: sockets([], [listener('0.0.0.0', 2375)]) });
  expect(judge(control, open).status).toBe('fail');
  const notYetOpen = engine({ hosts: ['tcp://0.0.0.0:2375'] }, { sockets: sockets(['/run/docker.sock']) });
  expect(judge(control, notYetOpen).status).toBe('pass');
});

test('what systemd opens for the engine is unknown where its sockets cannot be seen: it may be a port', () => {
  const flags = ['-H', 'fd://', '--containerd=/run/containerd.sock'];
  expect(judge(control, engine({}, { sockets: hidden, process: started(...flags) })).status).toBe('unknown');
  const open = engine({}, { sockets: hidden, process: started(...flags, '-H', 'tcp://10.0.0.5:2376') });
  expect(judge(control, open).status).toBe('fail');
  expect(judge(control, engine({}, { process: started(...flags) })).status).toBe('pass');
});

test('another unix socket is reported unless the site allows it', () => {
  const extra = engine({}, { sockets: sockets(['/run/docker.sock', '/srv/ci/docker.sock']) });
  const verdict = judge(control, extra);
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('unix:///srv/ci/docker.sock');
  expect(verdict.message.en).not.toContain('unix:///run/docker.sock');
  expect(judge(control, extra, { parameters: { allowedSockets: ['/srv/*/docker.sock'] } }).status).toBe('pass');
});

test('sockets of the engine for itself are not reported', () => {
  const internal = ['/run/docker.sock', '/var/run/docker/metrics.sock', '/run/docker/libnetwork/ab12.sock'];
  expect(judge(control, engine({}, { sockets: sockets(internal) })).status).toBe('pass');
});

test('nothing readable is unknown', () => {
  const facts = { sockets: hidden, process: hidden, configuration: hidden };
  expect(judge(control, engine({}, facts)).status).toBe('unknown');
});

test('it is milder when clients must show a certificate, or when it is only a unix socket', () => {
  const { severity } = control;
  if (typeof severity === 'string') throw new TypeError('not contextual');
  const of = (subject: ReturnType<typeof engine>) => severity.of(subject, contextOf(control));
  const tcp = { sockets: sockets(['/run/docker.sock'], [listener('10.0.0.5', 2376)]) };
  expect(of(engine({}, tcp))).toBe('critical');
  expect(of(engine({ tlsverify: false }, tcp))).toBe('critical');
  expect(of(engine({ tlsverify: true }, tcp))).toBe('medium');
  const warned = info({ warnings: ['API is accessible on http://10.0.0.5:2376 without encryption.'] });
  expect(of(engine({ tlsverify: true }, { ...tcp, info: warned }))).toBe('critical');
  expect(of(engine({}, { sockets: sockets(['/srv/docker.sock']) }))).toBe('medium');
  expect(of(engine())).toBe('critical');
});

test('the remedy keeps the hosts that are in order, and removes the key when none is left', () => {
  expect(remedyFor(['fd://', 'tcp://0.0.0.0:2375', 'unix:///srv/x.sock'])).toMatchObject({ set: { hosts: ['fd://'] } });
  expect(remedyFor(['0.0.0.0:2375'])).toMatchObject({ set: { hosts: null } });
});

test('hosts from the command line are never written to daemon.json, which would keep dockerd from starting', () => {
  const flagged = engine({}, { process: started('-H', 'fd://', '-H', 'tcp://0.0.0.0:2375') });
  const remedy = control.remedy(flagged, contextOf(control));
  expect(remedy.kind).toBe('manual');
  expect(remedy.summary.en).toContain('-H');
});

test('a listener that nobody wrote down is looked for by hand', () => {
  const open = engine({}, { sockets: sockets([], [listener('0.0.0.0', 2375)]) });
  expect(control.remedy(open, contextOf(control))).toMatchObject({ kind: 'manual' });
});
