import { expect, test } from 'vitest';
import { disturbed, groupAffects } from './group-affects.ts';

const affected = (container: string, why: string, effect: 'may-break' | 'restarts' = 'may-break') => ({
  container,
  effect,
  why,
});

test('reasons that several containers share are told once, with all of them', () => {
  const groups = groupAffects([
    affected('api', 'made anew', 'restarts'),
    affected('worker', 'made anew', 'restarts'),
    affected('api', 'no root'),
    affected('api', 'read-only'),
    affected('worker', 'no root'),
    affected('worker', 'limits'),
  ]);
  expect(groups).toEqual([
    { containers: ['api', 'worker'], effect: 'restarts', whys: ['made anew'] },
    { containers: ['api', 'worker'], effect: 'may-break', whys: ['no root'] },
    { containers: ['api'], effect: 'may-break', whys: ['read-only'] },
    { containers: ['worker'], effect: 'may-break', whys: ['limits'] },
  ]);
});

test('reasons of one container stand together', () => {
  expect(groupAffects([affected('api', 'no root'), affected('api', 'read-only')])).toEqual([
    { containers: ['api'], effect: 'may-break', whys: ['no root', 'read-only'] },
  ]);
});

test('who goes down is told once, and not again among those who may break', () => {
  const first = { affects: [affected('web', 'made anew', 'restarts'), affected('web', 'no root')] };
  const second = { affects: [affected('side', 'shares'), affected('db', 'shares')] };
  expect(disturbed([first, second])).toEqual({ down: ['web'], risky: ['db', 'side'] });
});
