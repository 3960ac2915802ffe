import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge, machine } from '../../../test/subjects.ts';
import { historyOf, run, stepOf } from '../../../test/image-history.ts';
import { Secret } from '../../model/secret.ts';
import { imageVerifiedPackages as control } from './image-verified-packages.ts';

const made = (...steps: string[]) => image({ history: historyOf(...steps) });

test.each([
  run('apt-get install -y --allow-unauthenticated web'),
  run('yum install -y --nogpgcheck web'),
  run('apk add --allow-untrusted web.apk'),
  run('curl -fsSLk https://shop.example/web.deb -o web.deb'),
  '/bin/sh -c apk add --allow-untrusted web.apk',
  '|1 A=b /bin/sh -c pip install --trusted-host pypi.example web',
  'ENV NODE_TLS_REJECT_UNAUTHORIZED=0',
  '/bin/sh -c #(nop)  ENV NODE_TLS_REJECT_UNAUTHORIZED=0',
])('%s fails', (step) => {
  expect(judge(control, made(step))).toMatchObject({ status: 'fail', field: 'history' });
});

test('a variable that stays in force fails', () => {
  const subject = image({}, { environment: [{ name: 'GIT_SSL_NO_VERIFY', value: new Secret('1') }] });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'configuration.environment' });
  expect(control.remedy(subject, contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test.each([
  run('apt-get update && apt-get install -y web'),
  run('curl -fsSL https://shop.example | tar xz'),
  'CMD ["-k"]',
])('%s passes', (step) => {
  expect(judge(control, made(step)).status).toBe('pass');
});

test("a base's step is judged with the base", () => {
  const step = run('apk add --allow-untrusted web.apk');
  const base = { ...made(step), id: 'sha256:base', layers: ['a'] };
  const built = { ...made(step, 'CMD ["web"]'), layers: ['a'] };
  expect(judge(control, built, { machine: machine({ images: [base, built] }) }).status).toBe('pass');
  expect(judge(control, built).status).toBe('fail');
  const noted = stepOf('/bin/sh -c make', { comment: 'FROM registry.example/base:1' });
  expect(judge(control, image({ history: historyOf(step, noted) })).status).toBe('fail');
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
});

test('each check that was switched off is named with what did it', () => {
  const verdict = judge(control, made(run('apk add --allow-untrusted web.apk'), 'ENV GIT_SSL_NO_VERIFY=1'));
  expect(verdict.message.en).toBe(
    'By --allow-untrusted, signatures are not checked; by GIT_SSL_NO_VERIFY, certificates are not checked.',
  );
});

test('a password that stands beside an option is not shown', () => {
  const verdict = judge(control, made(run('curl -kuname:hunter2 https://shop.example')));
  expect(verdict.status).toBe('fail');
  expect(JSON.stringify(verdict)).not.toContain('hunter2');
});
