import { expect, test } from 'vitest';
import { contextOf, judge, network } from '../../../test/subjects.ts';
import { bridge, connected, member } from './machine.fixture.ts';
import { networkTrustGroupSeparation as control } from './network-trust-group-separation.ts';

const judged = (groups: readonly (string | undefined)[], change = {}, parameters = {}) => {
  const containers = groups.map((group, index) =>
    member(`c${index}`, ['shop'], { labels: group === undefined ? {} : { 'trust-group': group } }),
  );
  const shop = bridge('shop', containers, change);
  return judge(control, shop, { machine: connected(containers, [shop]), parameters });
};

test('several groups on one network fail, one without a group is another', () => {
  expect(judged(['shop', 'bank'])).toMatchObject({ status: 'fail', evidence: [{ value: ['bank', 'shop'] }] });
  expect(judged(['shop', 'shop', undefined]).status).toBe('fail');
});

test('one group passes, and so does a network that keeps its members apart', () => {
  expect(judged(['shop', 'shop']).status).toBe('pass');
  expect(judged(['shop']).status).toBe('pass');
  expect(judged(['a', 'b'], { options: { 'com.docker.network.bridge.enable_icc': 'false' } }).status).toBe('pass');
});

test('a container between two groups may name both', () => {
  expect(judged(['shop', 'shop, bank']).status).toBe('pass');
  expect(judged(['bank', 'shop,bank', 'bank']).status).toBe('pass');
  expect(judged(['shop', 'shop,bank', 'bank'])).toMatchObject({
    status: 'fail',
    evidence: [{ value: ['bank', 'bank, shop', 'shop'] }],
  });
  expect(judged(['shop', ' , ']).status).toBe('fail');
  expect(judged(['shop,bank', 'bank,shop']).status).toBe('pass');
});

test('it is not asked while nobody says a group', () => {
  expect(judged([undefined, undefined]).status).toBe('not-applicable');
  expect(judged(['shop', 'bank'], {}, { label: 'zone' }).status).toBe('not-applicable');
  expect(control.appliesTo?.(network({ driver: 'null' }))).toBe(false);
  expect(control.remedy(network(), contextOf(control)).kind).toBe('manual');
});
