import { expect, test } from 'vitest';
import type { FilterRuleStep } from '../../model/plan.ts';
import { filterRuleSteps } from './filter-rule.ts';

const step: FilterRuleStep = { kind: 'filter-rule', family: 'ip', inInterface: 'eth0', protocol: 'tcp', port: 5432 };
const rule =
  '-i eth0 -p tcp -m conntrack --ctstate NEW --ctorigdstport 5432 --ctdir ORIGINAL -m comment --comment plimsoll -j DROP';

/** A chain with these rules, and what was changed in it. */
function chainOf(...rules: string[]) {
  const told: string[] = [];
  const steps = filterRuleSteps(async (program, [option, chain, ...words]) => {
    const text = words.join(' ');
    if (option !== '-C') told.push([program, option, chain, text].join(' '));
    if (option === '-I') rules.unshift(text);
    else if (!rules.includes(text)) throw Object.assign(new Error('Bad rule'), { code: 1 });
    else if (option === '-D') rules.splice(rules.indexOf(text), 1);
    return '';
  });
  return { steps, told, rules };
}

/** A program that ends with this. */
function failing(error: { readonly code: string | number; readonly message: string }) {
  return filterRuleSteps(async () => {
    throw Object.assign(new Error(error.message), error);
  });
}

test('the rule comes first, once, and goes again', async () => {
  const { steps, told, rules } = chainOf('-j RETURN');
  expect(await steps.side(step)).toBe('before');
  await steps.bring(step, 'before');
  await steps.bring(step, 'after');
  await steps.bring(step, 'after');
  expect(rules).toEqual([rule, '-j RETURN']);
  expect(await steps.side(step)).toBe('after');
  await steps.bring(step, 'before');
  expect(rules).toEqual(['-j RETURN']);
  expect(told).toEqual([`iptables -I DOCKER-USER ${rule}`, `iptables -D DOCKER-USER ${rule}`]);
});

test('a rule that stands there twice goes as a whole, and one of somebody else stays', async () => {
  const others = rule.replace(' -m comment --comment plimsoll', '');
  const { steps, rules } = chainOf(rule, others, rule);
  await steps.bring(step, 'before');
  expect(rules).toEqual([others]);
});

test('the rules of IPv6 are those of ip6tables', async () => {
  const { steps, told } = chainOf();
  await steps.bring({ ...step, family: 'ip6' }, 'after');
  expect(told).toEqual([`ip6tables -I DOCKER-USER ${rule}`]);
});

test.each([
  [{ code: 1, message: 'iptables: No chain/target/match by that name.' }, 'before'],
  [{ code: 2, message: "iptables v1.8.4 (nf_tables): Chain 'DOCKER-USER' does not exist" }, 'before'],
])('without the chain there is no rule: %j', async (error, side) => {
  const steps = failing(error);
  expect(await steps.side(step)).toBe(side);
});

test.each([
  [{ code: 2, message: "Couldn't load match `conntrack'" }],
  [{ code: 4, message: 'Permission denied (you must be root)' }],
  [{ code: 'ENOENT', message: 'iptables is not installed' }],
])('an answer that says nothing of the rule is no side: %j', async (error) => {
  const steps = failing(error);
  await expect(steps.side(step)).rejects.toThrow(error.message);
  await expect(steps.bring(step, 'before')).rejects.toThrow(error.message);
});
