import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { controls } from '../controls/registry.ts';
import { requireControls, selectControls } from './selection.ts';

const idsOf = (selector: string) => selectControls(selector).map(({ id }) => id);

describe('a selector', () => {
  test('that is an id names one control', () => {
    expect(idsOf('container-pids-limit')).toEqual(['container-pids-limit']);
    expect(idsOf(' container-pids-limit ')).toEqual(['container-pids-limit']);
  });

  test('that is a glob names all that match', () => {
    expect(idsOf('*')).toEqual(controls.map(({ id }) => id));
    const daemons = idsOf('daemon-*');
    expect(daemons.length).toBeGreaterThan(10);
    expect(daemons.every((id) => id.startsWith('daemon-'))).toBe(true);
    expect(idsOf('container-pids-limi?')).toEqual(['container-pids-limit']);
  });

  test.each(['5.29', 'cis-5.29', 'cis-docker:5.29', 'CIS-Docker:5.29'])(
    '%s is a number of the benchmark',
    (selector) => {
      expect(idsOf(selector)).toContain('container-pids-limit');
    },
  );

  test('5.4 names the controls on capabilities, and not 5.40 or 15.4', () => {
    const selected = selectControls('5.4');
    expect(selected).not.toEqual([]);
    for (const { references } of selected) expect(references.cisDocker).toContain('5.4');
  });

  test.each(controls.flatMap(({ id, references }) => (references.aliases ?? []).map((alias) => [alias, id] as const)))(
    'the alias %s names %s',
    (alias, id) => {
      expect(idsOf(alias)).toContain(id);
      expect(idsOf(alias.toLowerCase())).toContain(id);
    },
  );

  test('that is an id of Trivy is one of those aliases', () => {
    const alias = controls.flatMap(({ references }) => references.aliases ?? []).find((each) => each.startsWith('KSV'));
    expect(alias).toMatch(/^KSV-?\d+$/);
  });

  test.each(['', ' ', 'no-such-control', 'container', '5', '5.', 'cis-kubernetes:99.9', 'zzz-*', '[a-z]*'])(
    '%j names none',
    (selector) => {
      expect(idsOf(selector)).toEqual([]);
    },
  );
});

describe('a selector that names none', () => {
  test.each([
    ['container-pid-limit', 'container-pids-limit'],
    ['CONTAINER-PIDS-LIMIT', 'container-pids-limit'],
    ['daemon-icc-disable', 'daemon-icc-disabled'],
    ['pids-limit', 'container-pids-limit'],
  ])('%s was probably meant to be %s', async (selector, suggestion) => {
    const error = await failureOf(() => requireControls(selector, '--control'));
    expect(error.code).toBe('usage');
    expect(error.text.en).toBe(`--control: no control is called "${selector}"`);
    expect(error.advice?.en).toContain(`Did you mean ${suggestion}?`);
  });

  test('and is like nothing at all gets no suggestion', async () => {
    const error = await failureOf(() => requireControls('completely-different-thing', 'plimsoll.yaml:3:5'));
    expect(error.text.en).toMatch(/^plimsoll\.yaml:3:5: /);
    expect(error.advice?.en).toBe('`plimsoll controls` lists them all.');
  });
});
