import { expect, test } from 'vitest';
import { engine, hidden, info, judge } from '../../../test/subjects.ts';
import { registryMirrorTrusted as control } from './registry-mirror-trusted.ts';

const mirrored = (...mirrors: string[]) => engine({}, { info: info({ mirrors }) });

test.each(['https://mirror.example/', 'http://localhost:5000/', 'http://[::1]:5000/'])('%s passes', (mirror) => {
  expect(judge(control, mirrored(mirror)).status).toBe('pass');
});

test.each(['http://mirror.example/', 'http://10.0.0.7:5000/', 'http://localhost.example/'])('%s fails', (mirror) => {
  expect(judge(control, mirrored('https://mirror.example/', mirror))).toMatchObject({
    status: 'fail',
    field: 'registry-mirrors',
  });
});

test('where the site has a list, others fail', () => {
  const parameters = { trusted: ['mirror.example:5000'] };
  expect(judge(control, mirrored('https://mirror.example:5000/'), { parameters }).status).toBe('pass');
  expect(judge(control, mirrored('https://mirror.example/'), { parameters }).status).toBe('fail');
});

test('a password in an address is not shown', () => {
  const verdict = judge(control, mirrored('http://shop:hunter2@mirror.example/'));
  expect(verdict.status).toBe('fail');
  expect(JSON.stringify(verdict)).not.toContain('hunter2');
});

test('no mirror, no question; no answer, nothing known', () => {
  expect(judge(control, engine()).status).toBe('not-applicable');
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
});
