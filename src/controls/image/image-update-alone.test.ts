import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge, machine } from '../../../test/subjects.ts';
import { historyOf, run, stepOf } from '../../../test/image-history.ts';
import { imageUpdateAlone as control } from './image-update-alone.ts';

const root = '/bin/sh -c #(nop) ADD file:0a1b in / ';
const made = (...steps: Parameters<typeof historyOf>) => image({ history: historyOf(...steps) });

test.each([
  run('apt-get update'),
  run('apt-get -qq update && rm -rf /tmp/x'),
  '/bin/sh -c apk update',
  '|1 A=b /bin/sh -c apt update && apt-get clean',
])('%s fetches lists alone', (step) => {
  expect(judge(control, made(root, step))).toMatchObject({ status: 'fail', field: 'history' });
});

test.each([
  run('apt-get update && apt-get install -y curl'),
  run('apt-get update && ./install.sh'),
  run('apt-get update && apt-get upgrade -y'),
  run(
    'apt-get install -y gnupg && echo deb https://shop.example x main >/etc/apt/sources.list.d/x.list && apt-get update',
  ),
  run('npm update'),
  run('echo apt-get update'),
  'COPY update /bin/update # buildkit',
])('%s does not', (step) => {
  expect(judge(control, made(root, step)).status).toBe('pass');
});

test('docker-bench 4.7 greps for the word update: update-ca-certificates is none', () => {
  expect(judge(control, made(root, run('update-ca-certificates'))).status).toBe('pass');
});

test("dockle's CIS-DI-0007 blames what the base did", () => {
  const base = { ...made(root, run('apt-get update')), id: 'sha256:base', layers: ['a'] };
  const built = { ...made(root, run('apt-get update'), run('make')), layers: ['a', 'b'] };
  expect(judge(control, built, { machine: machine({ images: [base, built] }) }).status).toBe('pass');
  expect(judge(control, built).status).toBe('fail');
  const day = 86_400_000;
  const early = made(
    root,
    stepOf(run('apt-get update'), { created: day * 9 }),
    stepOf(run('make'), { created: day * 20 }),
  );
  expect(judge(control, early).status).toBe('pass');
  expect(control.appliesTo?.(image({ digests: ['python@sha256:' + '0b'.repeat(32)] }))).toBe(false);
});

test('a script that is added to / later does not make our own steps those of a distribution', () => {
  const script = '/bin/sh -c #(nop) ADD file:0c in / ';
  expect(judge(control, made(root, run('apt-get update'), script)).status).toBe('fail');
});

test('without a history nothing is known', () => {
  expect(judge(control, image({ history: historyOf() })).status).toBe('unknown');
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
  expect(control.remedy(image(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
