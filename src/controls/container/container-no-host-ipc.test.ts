import { expect, test } from 'vitest';
import { container, exemplarEffective, hidden, judge, running } from '../../../test/subjects.ts';
import { type Fact, known } from '../../model/fact.ts';
import type { EffectiveNamespace } from '../../model/effective.ts';
import { containerNoHostIpc as control } from './container-no-host-ipc.ts';

const hosts = known({ link: 'ipc:[4026531836]', host: true }, 'kernel', '/proc/412/ns/ipc');
const other = 'f0'.repeat(32);

function runningIn(ipc: Fact<EffectiveNamespace>, mode: string | null = null) {
  return running({ namespaces: { ...exemplarEffective.namespaces, ipc } }, { namespaces: { ipc: mode } });
}

test("the host's namespace fails at its field", () => {
  const verdict = judge(control, container({ namespaces: { ipc: 'host' } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('namespaces.ipc');
});

test.each([null, '', 'private'])('a namespace written as %j is its own', (ipc) => {
  expect(judge(control, container({ namespaces: { ipc } })).status).toBe('pass');
});

test("a namespace shared with another container is reported, and is not the host's", () => {
  const verdict = judge(control, container({ namespaces: { ipc: `container:${other}` } }));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain('container f0f0f0f0f0f0,');
  expect(judge(control, container({ namespaces: { ipc: 'service:db' } })).message.en).toContain('container db,');
});

test("a container that joined one which is in the host's namespace is seen through by the kernel", () => {
  const verdict = judge(control, runningIn(hosts, `container:${other}`));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence.map((each) => each.source)).toEqual(['kernel', 'engine-api']);
});

test('the kernel outranks the configuration, both ways', () => {
  expect(judge(control, runningIn(hosts)).status).toBe('fail');
  expect(judge(control, runningIn(exemplarEffective.namespaces.ipc, 'host')).status).toBe('pass');
});

test('what the kernel hides is judged by the configuration', () => {
  expect(judge(control, runningIn(hidden, 'host')).status).toBe('fail');
  const verdict = judge(control, runningIn(hidden));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence.map((each) => each.source)).toEqual(['engine-api']);
});

test('a namespace given by its path is unknown on paper, and known while it runs', () => {
  const mode = 'ns:/proc/1/ns/ipc';
  expect(judge(control, container({ namespaces: { ipc: mode } })).status).toBe('unknown');
  expect(judge(control, runningIn(hosts, mode)).status).toBe('fail');
  expect(judge(control, runningIn(exemplarEffective.namespaces.ipc, mode)).status).toBe('pass');
});

test('a shareable namespace passes, and the message says that others may join it', () => {
  const verdict = judge(control, container({ namespaces: { ipc: 'shareable' } }));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain('other containers may join');
});
