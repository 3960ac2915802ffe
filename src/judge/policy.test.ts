import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { baselines } from '../baselines/index.ts';
import { controls } from '../controls/registry.ts';
import { containerBlkioLimit } from '../controls/container/container-blkio-limit.ts';
import { containerPidsLimit } from '../controls/container/container-pids-limit.ts';
import { defaultParameters, type Control } from '../model/control.ts';
import { matchesGlob } from '../model/glob.ts';
import { requireBaseline, resolvePolicy } from './policy.ts';

const idsOf = (policy: { controls: readonly Control[] }) => policy.controls.map(({ id }) => id);

describe('which controls', () => {
  test('by default every one that the baseline does not leave out, at any severity, with its own parameters', () => {
    const policy = resolvePolicy({});
    const { without = [] } = policy.baseline;
    const expected = controls.filter(({ id }) => !without.some((pattern) => matchesGlob(pattern, id)));
    expect(idsOf(policy)).toEqual(idsOf({ controls: expected }));
    expect(policy.controls.length).toBeGreaterThan(70);
    expect(policy).toMatchObject({ severity: 'info', waivers: [], answers: [], baseline: { name: 'default' } });
    for (const control of policy.controls) expect(policy.parametersOf(control)).toEqual(defaultParameters(control));
  });

  test('even one that the baseline leaves out, where it is named', () => {
    expect(idsOf(resolvePolicy({}))).not.toContain('kubernetes-pss-privileged');
    expect(idsOf(resolvePolicy({ only: ['kubernetes-pss-privileged'] }))).toEqual(['kubernetes-pss-privileged']);
  });

  test('only those that are named, of ids, globs and aliases together', () => {
    const ids = idsOf(resolvePolicy({ only: ['5.29', 'daemon-icc-*'] }));
    expect(ids).toContain('container-pids-limit');
    expect(ids).toContain('daemon-icc-disabled');
    expect(ids.every((id) => id === 'container-pids-limit' || id.startsWith('daemon-icc-'))).toBe(true);
  });

  test('without those that are skipped, even if they are named', () => {
    expect(idsOf(resolvePolicy({ skip: ['container-*'] })).some((id) => id.startsWith('container-'))).toBe(false);
    expect(idsOf(resolvePolicy({ only: ['5.29'], skip: ['container-pids-limit'] }))).toEqual([]);
  });

  test('names that mean nothing say which option they came from', async () => {
    expect((await failureOf(() => resolvePolicy({ only: ['nonsense'] }))).text.en).toMatch(/^--control: /);
    expect((await failureOf(() => resolvePolicy({ skip: ['nonsense'] }))).text.en).toMatch(/^--skip: /);
  });
});

describe('parameters', () => {
  test('of the baseline outrank the control’s, the user’s outrank both', () => {
    expect(resolvePolicy({ baseline: 'strict' }).parametersOf(containerBlkioLimit)).toMatchObject({ required: true });
    const parameters = { 'container-blkio-limit': { required: false }, 'container-pids-limit': { suggested: 7 } };
    const policy = resolvePolicy({ baseline: 'strict', parameters });
    expect(policy.parametersOf(containerBlkioLimit)).toMatchObject({ required: false });
    expect(policy.parametersOf(containerPidsLimit)).toEqual({ suggested: 7 });
  });

  test('that a baseline sets exist, with a value of the same type', () => {
    for (const baseline of baselines) {
      for (const [id, values] of Object.entries(baseline.parameters ?? {})) {
        const control = controls.find((each) => each.id === id);
        for (const [name, value] of Object.entries(values)) {
          expect(typeof value, `${baseline.name} ${id} ${name}`).toBe(typeof control?.parameters?.[name]?.default);
        }
      }
    }
  });
});

describe('baselines', () => {
  test('name controls that there are', () => {
    for (const { controls: patterns, without = [], parameters = {} } of baselines) {
      const named = [...patterns, ...without, ...Object.keys(parameters)];
      expect(named.filter((pattern) => !controls.some(({ id }) => matchesGlob(pattern, id)))).toEqual([]);
    }
  });

  test('are found by name, and speak both languages', () => {
    expect(requireBaseline('strict').name).toBe('strict');
    for (const { description } of baselines) expect(description.zh).toMatch(/\p{Script=Han}/u);
  });

  test('that are unknown name the nearest', async () => {
    const error = await failureOf(() => requireBaseline('strikt'));
    expect(error.text.en).toBe('there is no baseline "strikt"');
    const names = baselines.map(({ name }) => name).join(', ');
    expect(names).toMatch(/^default, strict\b/);
    expect(error.advice?.en).toBe(`Did you mean strict? There are: ${names}.`);
    expect((await failureOf(() => requireBaseline('nonsense'))).advice?.en).toBe(`There are: ${names}.`);
  });
});
