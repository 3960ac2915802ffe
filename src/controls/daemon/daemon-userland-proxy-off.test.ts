import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import type { DaemonProcess } from '../../model/engine.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonUserlandProxyOff as control } from './daemon-userland-proxy-off.ts';

const process = (change: Partial<DaemonProcess>) => mapFact(engine().process, (before) => ({ ...before, ...change }));

test('off passes, on and the default fail', () => {
  expect(judge(control, engine()).status).toBe('pass');
  expect(judge(control, engine({ 'userland-proxy': true })).status).toBe('fail');
  const verdict = judge(control, engine({ 'userland-proxy': null }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'userland-proxy' });
});

test('a proxy that runs outranks the file', () => {
  const verdict = judge(control, engine({ 'userland-proxy': false }, { process: process({ proxies: 2 }) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('2 docker-proxy processes');
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('running proxies fail where the file cannot be read', () => {
  const facts = { process: process({ proxies: 1 }), configuration: hidden };
  expect(judge(control, engine({}, facts)).status).toBe('fail');
});

test('the command line outranks the file', () => {
  const off = engine(
    { 'userland-proxy': true },
    { process: process({ arguments: ['dockerd', '--userland-proxy=false'] }) },
  );
  expect(judge(control, off).status).toBe('pass');
});

test('no proxy at present says nothing about the setting', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
  expect(judge(control, engine({ 'userland-proxy': null }, { process: hidden })).status).toBe('unknown');
});

test('a rootless engine needs its proxy and is not asked', () => {
  const on = { 'userland-proxy': true };
  expect(judge(control, engine(on, { process: process({ uid: 1000, proxies: 3 }) })).status).toBe('not-applicable');
  const reported = info({ securityOptions: ['name=rootless'] });
  expect(judge(control, engine(on, { process: hidden, info: reported })).status).toBe('not-applicable');
});

test('proxies from before the setting need a restart, not the setting again', () => {
  const left = engine({ 'userland-proxy': false }, { process: process({ proxies: 2 }) });
  expect(control.remedy(left, contextOf(control))).toMatchObject({ kind: 'manual', disruption: 'daemon-restart' });
});

test('a flag is not contradicted in daemon.json', () => {
  const flagged = engine({}, { process: process({ arguments: ['dockerd', '--userland-proxy'] }) });
  expect(control.remedy(flagged, contextOf(control)).kind).toBe('manual');
});
