import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { daemonLogLevelInfo as control } from './daemon-log-level-info.ts';

const started = (...options: string[]) => ({
  process: mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', ...options] })),
});

test.each([undefined, null, '', 'info', 'INFO'])('the level %s is info', (level) => {
  const configuration = mapFact(engine().configuration, (before) =>
    before === null ? null : { ...before, values: level === undefined ? {} : { 'log-level': level } },
  );
  expect(judge(control, engine({}, { configuration })).status).toBe('pass');
});

test.each(['debug', 'trace', 'warn', 'error', 'fatal'])('the level %s says too much or too little', (level) => {
  expect(judge(control, engine({ 'log-level': level }))).toMatchObject({ status: 'fail', field: 'log-level' });
});

test('the command line is read in its short form too', () => {
  expect(judge(control, engine({}, started('-l', 'debug'))).status).toBe('fail');
  expect(judge(control, engine({}, started('--log-level=info'))).status).toBe('pass');
});

test('a level can be accepted', () => {
  const parameters = { levels: ['info', 'warn'] };
  expect(judge(control, engine({ 'log-level': 'warn' }), { parameters }).status).toBe('pass');
});

test('debug mode fails whatever the level', () => {
  expect(judge(control, engine({ debug: true, 'log-level': 'info' }))).toMatchObject({
    status: 'fail',
    field: 'debug',
  });
});

test('the running engine outranks its file about debug mode, both ways', () => {
  expect(judge(control, engine({ debug: true }, { info: info({ debug: false }) })).status).toBe('pass');
  expect(judge(control, engine({ debug: false }, { info: info({ debug: true }) })).status).toBe('fail');
});

test('the file decides about debug mode where the engine does not answer', () => {
  expect(judge(control, engine({ debug: true }, { info: hidden })).status).toBe('fail');
  expect(judge(control, engine({}, { info: hidden })).status).toBe('pass');
  expect(judge(control, engine({}, { info: hidden, ...started('-D') })).status).toBe('fail');
});

test('a level that cannot be read is unknown, unless the engine debugs', () => {
  expect(judge(control, engine({}, { configuration: hidden })).status).toBe('unknown');
  expect(judge(control, engine({}, { configuration: hidden, info: info({ debug: true }) })).status).toBe('fail');
  const level = engine({}, { configuration: hidden, info: hidden, ...started('--log-level=info') });
  expect(judge(control, level).status).toBe('unknown');
});

test('the remedy writes debug: false, because a reload leaves what is not written as it is', () => {
  expect(control.remedy(engine({ debug: true }), contextOf(control))).toMatchObject({
    set: { debug: false },
    disruption: 'reload',
  });
  expect(control.remedy(engine({ 'log-level': 'warn' }), contextOf(control))).toMatchObject({
    set: { 'log-level': 'info' },
    disruption: 'daemon-restart',
  });
});

test('-D is left to a person', () => {
  const subject = engine({}, { ...started('-D'), info: info({ debug: true }) });
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});
