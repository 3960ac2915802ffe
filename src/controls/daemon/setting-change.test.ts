import { expect, test } from 'vitest';
import { engine } from '../../../test/subjects.ts';
import { mapFact } from '../../model/fact.ts';
import { renderRemedy } from '../../remedy/render.ts';
import { changeSettings } from './setting-change.ts';

const summary = { en: 'Do it.', zh: '执行。' };
const startedWith = (...options: string[]) =>
  engine({}, { process: mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', ...options] })) });

test('a setting that nobody made on the command line is changed in the file', () => {
  expect(changeSettings(startedWith('--debug'), { icc: false }, summary)).toMatchObject({
    kind: 'daemon',
    set: { icc: false },
  });
});

test('one that comes from the command line is left to a person, who is told what it should be', () => {
  const remedy = changeSettings(startedWith('--icc', '-H', 'fd://'), { icc: false, hosts: null }, summary);
  expect(remedy).toMatchObject({ kind: 'manual', settings: { icc: false, hosts: null }, disruption: 'daemon-restart' });
  expect(remedy.summary.en).toContain('--icc, -H');
});

test('reports say nothing of these settings', () => {
  const subject = startedWith('--log-opt', 'tag=x');
  const remedy = changeSettings(subject, { 'log-opts': { tag: 'wanted' } }, summary);
  const rendered = renderRemedy(remedy, { kind: 'engine', id: 'engine', value: subject }, 'en');
  expect(Object.keys(rendered).toSorted()).toEqual(['commands', 'disruption', 'kind', 'summary']);
  expect(JSON.stringify(rendered)).not.toContain('wanted');
});
