import { expect, test } from 'vitest';
import { withSavedRules } from './packet-filter-files.ts';

const drop = { family: 'ip', inInterface: 'eth0', protocol: 'udp', port: 53 } as const;
const rule =
  '-A DOCKER-USER -i eth0 -p udp -m conntrack --ctstate NEW --ctorigdstport 53 --ctdir ORIGINAL -m comment --comment plimsoll -j DROP\n';
const nat = '*nat\n:DOCKER-USER - [0:0]\n-A DOCKER-USER -j RETURN\nCOMMIT\n';

test.each([
  [
    'before the other rules of the chain',
    '*filter\n:DOCKER-USER - [0:0]\n-A INPUT -j DROP\n[1:2] -A DOCKER-USER -j RETURN\nCOMMIT\n',
    `*filter\n:DOCKER-USER - [0:0]\n-A INPUT -j DROP\n${rule}[1:2] -A DOCKER-USER -j RETURN\nCOMMIT\n`,
  ],
  [
    'in a chain that is declared and empty',
    '*filter\n:DOCKER-USER - [0:0]\n:INPUT DROP [0:0]\nCOMMIT\n',
    `*filter\n:DOCKER-USER - [0:0]\n:INPUT DROP [0:0]\n${rule}COMMIT\n`,
  ],
  [
    'with the chain, where it is not declared',
    '*filter\n:INPUT DROP [0:0]\n# x\nCOMMIT\n*raw\nCOMMIT\n',
    `*filter\n:INPUT DROP [0:0]\n# x\n:DOCKER-USER - [0:0]\n${rule}COMMIT\n*raw\nCOMMIT\n`,
  ],
])('a rule goes %s', (_name, before, after) => {
  expect(withSavedRules(before, [drop])).toBe(after);
  expect(withSavedRules(after, [drop])).toBe(after);
  // A chain of that name in another table is another chain.
  expect(withSavedRules(nat + before, [drop])).toBe(nat + after);
});

test('without a whole table of filters there is no place for it', () => {
  expect(withSavedRules('', [drop])).toBeUndefined();
  expect(withSavedRules(nat, [drop])).toBeUndefined();
  expect(withSavedRules('*filter\n:INPUT DROP [0:0]\n', [drop])).toBeUndefined();
});
