import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, judge, machine } from '../../../test/subjects.ts';
import type { JsonObject } from '../../model/json.ts';
import { known, mapFact } from '../../model/fact.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerUlimits as control } from './container-ulimits.ts';

const none = container({ ulimits: [] });

function withDefaults(defaults: JsonObject | null) {
  return { machine: machine({ engine: engine({ 'default-ulimits': defaults }) }) };
}

test('a ulimit of its own passes, whatever the engine says', () => {
  expect(judge(control, container(), withDefaults(null)).status).toBe('pass');
  expect(judge(control, container(), { machine: undefined }).status).toBe('pass');
  expect(
    judge(control, container(), { machine: machine({ engine: engine({}, { configuration: hidden }) }) }).status,
  ).toBe('pass');
});

test("the engine's defaults hold where it sets none, which docker-bench does not see", () => {
  const verdict = judge(control, none, withDefaults({ nofile: { Name: 'nofile', Soft: 64, Hard: 64 } }));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence[1]?.source).toBe('file');
});

test('defaults from the command line hold too', () => {
  const { engine: before } = machine();
  const started = (flag: string) => ({
    machine: machine({
      engine: {
        ...before,
        process: mapFact(before.process, (value) => ({ ...value, arguments: ['dockerd', '--default-ulimit', flag] })),
      },
    }),
  });
  const verdict = judge(control, none, started('nofile=1024:2048'));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence[1]?.source).toBe('command-line');
  expect(judge(control, none, started('nofile=-1')).status).toBe('fail');
  expect(judge(control, none, started('nofile=1024:-1')).status).toBe('fail');
});

test.each([null, {}, { nofile: { Name: 'nofile', Soft: 1, Hard: -1 } }, { nofile: null }, { nofile: '' }])(
  'defaults of %j are none',
  (defaults) => {
    const verdict = judge(control, none, withDefaults(defaults));
    expect(verdict.status).toBe('fail');
    expect(verdict.field).toBe('ulimits');
  },
);

test('an unlimited ulimit is none, and takes the default of its name away', () => {
  const lifted = container({ ulimits: [{ name: 'nofile', soft: 1024, hard: -1 }] });
  expect(judge(control, lifted, withDefaults(null)).status).toBe('fail');
  const nofile = { Name: 'nofile', Soft: 64, Hard: 64 };
  expect(judge(control, lifted, withDefaults({ nofile })).status).toBe('fail');
  expect(judge(control, lifted, withDefaults({ nofile, nproc: nofile })).status).toBe('pass');
});

test('0 is a limit: no core dumps', () => {
  expect(judge(control, container({ ulimits: [{ name: 'core', soft: 0, hard: 0 }] }), withDefaults(null)).status).toBe(
    'pass',
  );
});

test('on paper the defaults of the engine to come are open', () => {
  expect(judge(control, none, { machine: undefined }).status).toBe('not-applicable');
});

test('unreadable settings are unknown', () => {
  expect(judge(control, none, { machine: machine({ engine: engine({}, { configuration: hidden }) }) }).status).toBe(
    'unknown',
  );
  const processless = engine(
    { 'default-ulimits': null },
    { process: hidden, configuration: known(null, 'file', '/etc/docker/daemon.json') },
  );
  expect(judge(control, none, { machine: machine({ engine: processless }) }).status).toBe('unknown');
});

test('defaults of Podman are not known', () => {
  expect(judge(control, none, { machine: machine({ engine: engine({}, { kind: 'podman' }) }) }).status).toBe('unknown');
});

test('the remedy keeps the other ulimits', () => {
  const before = container({
    ulimits: [
      { name: 'memlock', soft: -1, hard: -1 },
      { name: 'nofile', soft: -1, hard: -1 },
    ],
  });
  const remedy = control.remedy(before, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('not a change of the container');
  const after = applySpecChange(before, remedy.change);
  expect(after.ulimits).toEqual([
    { name: 'memlock', soft: -1, hard: -1 },
    { name: 'nofile', soft: 65_536, hard: 65_536 },
  ]);
  expect(judge(control, after, withDefaults(null)).status).toBe('pass');
});
