import { describe, expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { daemonDefaultUlimits as control } from './daemon-default-ulimits.ts';

const nofile = { Name: 'nofile', Soft: 1024, Hard: 4096 };
const nproc = { Name: 'nproc', Soft: 512, Hard: 1024 };
const using = (ulimits: JsonValue) => engine({ 'default-ulimits': ulimits });
const written = (ulimits: JsonValue) => ({
  configuration: mapFact(engine().configuration, (before) =>
    before === null ? null : { ...before, values: { 'default-ulimits': ulimits } },
  ),
});
const started = (...options: string[]) => ({
  process: mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', ...options] })),
});

test('nofile and nproc must both have a default', () => {
  expect(judge(control, using({ nofile, nproc })).status).toBe('pass');
  expect(judge(control, using({ nofile }))).toMatchObject({ status: 'fail', field: 'default-ulimits' });
  expect(judge(control, using({ nofile })).message.en).toBe('nproc is not set.');
  expect(judge(control, using({ nproc })).status).toBe('fail');
});

test('the trap of docker-bench 2.8: null and an empty object set nothing', () => {
  expect(judge(control, engine({}, written(null))).status).toBe('fail');
  expect(judge(control, engine({}, written({}))).status).toBe('fail');
  expect(judge(control, engine({}, written({ nofile: null, nproc }))).status).toBe('fail');
  expect(judge(control, using(null)).status).toBe('fail');
});

describe('a limit must limit', () => {
  test.each([
    ['unlimited', { ...nproc, Soft: -1, Hard: -1 }],
    ['unlimited in its hard limit', { ...nproc, Hard: -1 }],
    ['without a hard limit', { Name: 'nproc', Soft: 512 }],
    ['with a soft limit above the hard one', { ...nproc, Soft: 2048 }],
    ['of zero', { ...nproc, Soft: 0, Hard: 0 }],
    ['of text', { ...nproc, Hard: '1024' }],
  ])('%s it fails', (_case, limit) => {
    expect(judge(control, using({ nofile, nproc: limit })).status).toBe('fail');
  });

  test('without its Name no container starts', () => {
    const verdict = judge(control, using({ nofile, nproc: { Soft: 512, Hard: 1024 } }));
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain('"Name": "nproc"');
  });

  test('keys in lower case are read as dockerd reads them', () => {
    expect(judge(control, using({ nofile, nproc: { name: 'nproc', soft: 1, hard: 2 } })).status).toBe('pass');
  });
});

test('limits on the command line count', () => {
  const both = engine(
    { 'default-ulimits': null },
    started('--default-ulimit=nofile=1024:4096', '--default-ulimit', 'nproc=512'),
  );
  expect(judge(control, both).status).toBe('pass');
  const unlimited = engine(
    { 'default-ulimits': null },
    started('--default-ulimit=nofile=1024', '--default-ulimit=nproc=-1'),
  );
  expect(judge(control, unlimited).status).toBe('fail');
  expect(control.remedy(unlimited, contextOf(control)).kind).toBe('manual');
});

test('which limits are asked for can be tuned', () => {
  expect(judge(control, using({ nofile }), { parameters: { limits: { nofile: { soft: 1, hard: 2 } } } }).status).toBe(
    'pass',
  );
});

test('a configuration that cannot be read is unknown', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
});

test('the remedy keeps what is good', () => {
  const core = { Name: 'core', Soft: 1, Hard: 1 };
  expect(control.remedy(using({ nofile, core, nproc: { Soft: 1, Hard: 1 } }), contextOf(control))).toMatchObject({
    set: { 'default-ulimits': { nofile, core, nproc: { Name: 'nproc', Soft: 4096, Hard: 8192 } } },
  });
});

test('the remedy leaves alone what nobody asked about, unlimited or zero', () => {
  const memlock = { Name: 'memlock', Soft: -1, Hard: -1 };
  const core = { Name: 'core', Soft: 0, Hard: 0 };
  expect(control.remedy(using({ nofile, memlock, core }), contextOf(control))).toMatchObject({
    set: { 'default-ulimits': { nofile, memlock, core, nproc: { Name: 'nproc' } } },
  });
});
