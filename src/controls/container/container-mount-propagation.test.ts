import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import type { Mount } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { containerMountPropagation as control } from './container-mount-propagation.ts';

const bind = (propagation?: string, change: Partial<Mount> = {}): Mount => ({
  kind: 'bind',
  source: '/srv/app',
  target: '/app',
  readOnly: true,
  options: {},
  ...(propagation === undefined ? {} : { propagation }),
  ...change,
});
const paper = (mount: Mount) => judge(control, container({ mounts: [mount] }));
const seen = (propagation: string[], mount: Mount) => {
  const entry = { target: '/app', options: ['rw'], propagation, fileSystem: 'ext4', source: '/dev/vda' };
  return judge(control, running({ mounts: known([entry], 'kernel', '/proc/412/mountinfo') }, { mounts: [mount] }));
};

test.each(['shared', 'rshared'])('%s fails', (propagation) => {
  const verdict = paper(bind(propagation));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('mounts[0]');
});

test.each([undefined, 'private', 'rprivate'])('%s passes without a remark', (propagation) => {
  const verdict = paper(bind(propagation));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).not.toContain('appears');
});

test.each(['slave', 'rslave'])('%s passes with a remark', (propagation) => {
  const verdict = paper(bind(propagation));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain('what the host mounts later appears below /app');
});

// Seen on Docker 20.10: `-v /:/host` is inspected as rslave.
test("a directory that holds the engine's data root is rslave by default", () => {
  expect(paper(bind(undefined, { source: '/var/lib' })).message.en).toContain('appears below /app');
  expect(paper(bind('rprivate', { source: '/var/lib' })).message.en).not.toContain('appears');
  expect(paper(bind(undefined, { source: '/var/lib/docker/volumes' })).message.en).not.toContain('appears');
});

test('the mount table outranks the configuration, both ways', () => {
  const shared = seen(['shared:2'], bind());
  expect(shared.status).toBe('fail');
  expect(shared.evidence[0]?.source).toBe('kernel');
  expect(seen([], bind('rshared')).status).toBe('pass');
  expect(seen(['shared:2', 'master:1'], bind('rshared')).status).toBe('fail');
});

// Seen with `mount --make-rshared /` in a container, as Docker-in-Docker does: the peers are its own.
test('what a container shares within itself is not shared with the host', () => {
  expect(seen(['shared:31', 'master:3'], bind(undefined, { kind: 'volume', source: 'data' })).status).toBe('pass');
  expect(seen(['shared:34'], bind('rprivate')).status).toBe('pass');
  expect(seen(['master:2'], bind()).message.en).toContain('appears below /app');
});

test('an unreadable mount table falls back to the configuration', () => {
  const verdict = judge(control, running({ mounts: hidden }, { mounts: [bind('rshared')] }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('engine-api');
});

test('without mounts the question does not arise', () => {
  expect(judge(control, container({ mounts: [] })).status).toBe('not-applicable');
});

test('the remedy changes the shared mount alone', () => {
  const subject = container({ mounts: [bind('rslave', { target: '/logs' }), bind('shared')] });
  expect(control.remedy(subject, contextOf(control))).toMatchObject({
    change: { mounts: [{ propagation: 'rslave' }, { propagation: 'rprivate' }] },
  });
});
