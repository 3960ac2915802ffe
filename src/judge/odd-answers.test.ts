import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspected } from '../../test/recorded-engines.ts';
import { engine, machine } from '../../test/subjects.ts';
import { known } from '../model/fact.ts';
import type { JsonValue } from '../model/json.ts';
import { assembleReport } from '../report/document.ts';
import { containerFromInspect } from '../sources/engine/container.ts';
import { readEngineInfo } from '../sources/engine/info.ts';
import { objectAt } from '../sources/engine/reading.ts';
import { judgeSubjects, subjectsOf } from './judge.ts';
import { resolvePolicy } from './policy.ts';

const oddTexts = [
  '',
  'ALL',
  '=',
  ':',
  '/',
  '-1',
  'host',
  'container:',
  'c 1:2 rwm',
  'a=b',
  '../..',
  '{',
  '0-',
  '*',
  '/proc',
];
const namesOfObjects = ['__proto__', 'constructor', 'toString', 'valueOf'];
const fields = ['Name', 'Type', 'Source', 'Target', 'Destination', 'Test', 'Config', 'Soft', 'PathOnHost', 'HostIp'];

const { odd } = fc.letrec<{ odd: JsonValue }>((tie) => ({
  odd: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(null, true, 0, -1, 1e300, ...oddTexts),
    fc.array(tie('odd'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...oddTexts, ...namesOfObjects), tie('odd'), { maxKeys: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('odd'), { maxKeys: 5 }),
  ),
}));

/** An object with some of these keys, and anything at all as their values. */
function oddObject(keys: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...keys), odd, { maxKeys: 12 });
}

const template = inspected('web');
const hostConfig = oddObject([...Object.keys(objectAt(template, 'HostConfig')), 'Tmpfs', 'Sysctls', 'Mounts', 'Binds']);
const config = oddObject([...Object.keys(objectAt(template, 'Config')), 'Healthcheck', 'ExposedPorts']);
const info = oddObject(['Driver', 'DriverStatus', 'SecurityOptions', 'Plugins', 'RegistryConfig', 'Swarm', 'Warnings']);

test('no control, remedy or report breaks on what an engine may answer', () => {
  const policy = resolvePolicy({ baseline: 'strict' });
  const now = new Date('2026-07-01T12:00:00Z');
  fc.assert(
    fc.property(hostConfig, config, odd, info, (HostConfig, Config, Mounts, answer) => {
      const facts = { info: known(readEngineInfo(answer), 'engine-api', 'GET /info') };
      const container = containerFromInspect(inspected('web', { HostConfig, Config, Mounts, state: 'running' }));
      const here = machine({ containers: [container], engine: engine({}, facts) });
      const subjects = subjectsOf(here);
      const findings = judgeSubjects(subjects, { policy, now, machine: here });
      const broken = findings.filter(
        ({ verdict, remedy }) =>
          verdict.message.en.startsWith('This control itself failed') || (verdict.status === 'fail' && !remedy),
      );
      expect(broken.map(({ control, verdict }) => [control.id, verdict.message.en])).toEqual([]);
      const run = { version: '1', language: 'en', policy, machine: here, subjects, findings, coverage: [] } as const;
      expect(assembleReport({ ...run, started: now, finished: now }).findings).toHaveLength(findings.length);
    }),
    { numRuns: 150 },
  );
});
