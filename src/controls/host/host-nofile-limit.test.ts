import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { hostNofileLimit as control } from './host-nofile-limit.ts';

const set = (Hard: number) => engine({ 'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard } } });
/** No default, and a service with this limit and a containerd of its own, started with these options. */
const inherited = (hard: number | undefined, ...options: string[]) =>
  engine(
    { 'default-ulimits': null },
    {
      info: info({ containerdAddress: '/var/run/docker/containerd/containerd.sock' }),
      process: mapFact(engine().process, (before) => ({
        ...before,
        arguments: ['dockerd', ...options],
        ...(hard === undefined ? {} : { openFiles: { soft: 1024, hard } }),
      })),
    },
  );

test.each([
  [set(65_536), 'pass'],
  [set(1_048_577), 'fail'],
  [set(-1), 'fail'],
  [inherited(524_288), 'pass'],
  [inherited(1_048_576), 'pass'],
  [inherited(1_073_741_816), 'fail'],
  [inherited(Infinity), 'fail'],
  [inherited(undefined), 'not-applicable'],
  [inherited(Infinity, '--default-ulimit=nofile=1024:4096'), 'pass'],
  [inherited(524_288, '--default-ulimit=nofile=-1'), 'fail'],
] as const)('case %#', (subject, status) => {
  expect(judge(control, subject).status).toBe(status);
});

test('the default of containers outranks what the service has', () => {
  const subject = { ...inherited(Infinity), configuration: set(4096).configuration };
  expect(judge(control, subject)).toMatchObject({ status: 'pass', evidence: [{ value: 4096 }] });
  expect(judge(control, set(4096), { parameters: { maximum: 1024 } }).status).toBe('fail');
});

test('what containerd passes on as a service of its own is not what the engine has', () => {
  const told = '/run/containerd/containerd.sock';
  const beside = { ...inherited(524_288), info: info({ containerdAddress: told }) };
  expect(judge(control, beside)).toMatchObject({ status: 'unknown', evidence: [{ value: 524_288 }] });
  expect(judge(control, { ...inherited(524_288, `--containerd=${told}`), info: hidden }).status).toBe('unknown');
  expect(judge(control, { ...inherited(Infinity), info: beside.info }).status).toBe('fail');
  expect(judge(control, { ...set(65_536), info: beside.info }).status).toBe('pass');
});

test('the remedy keeps to a maximum that is lower than usual', () => {
  const parameters = { maximum: 512 };
  expect(control.remedy(set(4096), contextOf(control, { parameters }))).toMatchObject({
    set: { 'default-ulimits': { nofile: { Soft: 512, Hard: 512 } } },
  });
});

test.each([{ nofile: null }, { nofile: {} }, null])(
  'docker-bench 2.8 passes or fails on null: with default-ulimits %j the limit of the service counts',
  (limits) => {
    const { process } = inherited(1_073_741_816);
    expect(judge(control, engine({ 'default-ulimits': limits }, { process })).status).toBe('fail');
  },
);

test('what cannot be read is unknown', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
  expect(judge(control, { ...inherited(1), process: hidden }).status).toBe('unknown');
});

test('an unlimited number can be shown, and the remedy keeps other limits', () => {
  expect(judge(control, inherited(Infinity))).toMatchObject({ evidence: [{ value: 'unlimited', source: 'kernel' }] });
  const remedy = control.remedy(
    engine({ 'default-ulimits': { core: { Name: 'core', Soft: 0, Hard: 0 } } }),
    contextOf(control),
  );
  expect(remedy).toMatchObject({
    kind: 'daemon',
    set: { 'default-ulimits': { core: { Hard: 0 }, nofile: { Hard: 65_536 } } },
  });
});
