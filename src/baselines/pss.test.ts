import { expect, test } from 'vitest';
import { baselineControls, restrictedControls } from '../controls/kubernetes/pod-security.fixture.ts';
import { matchesGlob } from '../model/glob.ts';
import { defaultBaseline } from './default.ts';
import { pssBaseline } from './pss-baseline.ts';
import { pssRestricted } from './pss-restricted.ts';
import { strictBaseline } from './strict.ts';

const idsOf = (controls: readonly { readonly id: string }[]) => controls.map(({ id }) => id).toSorted();

test('each level has the controls of its standard', () => {
  expect(pssBaseline.controls.toSorted()).toEqual(idsOf(baselineControls));
  expect(pssRestricted.controls.toSorted()).toEqual(idsOf([...baselineControls, ...restrictedControls]));
});

test.each([defaultBaseline, strictBaseline])(
  '$name asks of the standards only what no other control asks',
  ({ without = [] }) => {
    const asked = [...baselineControls, ...restrictedControls].filter(
      ({ id }) => !without.some((pattern) => matchesGlob(pattern, id)),
    );
    expect(idsOf(asked)).toEqual([
      'kubernetes-pss-host-probes',
      'kubernetes-pss-hostports',
      'kubernetes-pss-sysctls',
      'kubernetes-pss-windows-hostprocess',
    ]);
  },
);
