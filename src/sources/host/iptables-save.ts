import type { FilterChain, FilterRule } from '../../model/packet-filter.ts';

/** Where the kernel enters the chains that it brings itself. */
const hooks = new Map<string, NonNullable<FilterChain['hook']>>([
  ['PREROUTING', 'prerouting'],
  ['INPUT', 'input'],
  ['FORWARD', 'forward'],
  ['OUTPUT', 'output'],
  ['POSTROUTING', 'postrouting'],
]);

/** Chains and rules from the output of `iptables-save` or `ip6tables-save`; lines that are neither are skipped. */
export function parseIptablesSave(text: string, family: 'ip' | 'ip6'): FilterChain[] {
  return [...tablesIn(text)].flatMap(([table, lines]) => {
    const declared = lines.flatMap((line) => {
      const [, name, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, policy }];
    });
    const names = new Set(declared.map(({ name }) => name));
    const rules = new Map<string, FilterRule[]>([...names].map((name) => [name, []]));
    for (const line of lines) {
      const [, chain = '', rest = ''] = /^(?:\[\d+:\d+\] )?-A (\S+) ?(.*)$/.exec(line) ?? [];
      rules.get(chain)?.push(parseRule(rest, names));
    }
    return declared.map(({ name, policy }): FilterChain => {
      const hook = policy === '-' ? undefined : hooks.get(name);
      const entered = hook ? { hook, policy: policy === 'DROP' ? ('drop' as const) : ('accept' as const) } : {};
      return { family, table, name, ...entered, rules: rules.get(name) ?? [] };
    });
  });
}

function tablesIn(text: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of text.split('\n')) {
    const table = /^\*(\S+)/.exec(line)?.[1];
    if (table === undefined) current.push(line);
    else tables.set(table, (current = []));
  }
  return tables;
}

type Draft = { -readonly [K in keyof FilterRule]: FilterRule[K] };

/** Conditions that are understood: what an option asks for. */
const understood: Readonly<Record<string, (rule: Draft, value: string) => void>> = {
  '-s': (rule, value) => void (rule.sources = value.split(',')),
  '-d': (rule, value) => void (rule.destinations = value.split(',')),
  '-p': (rule, value) => void (value === 'all' || (rule.protocol = value)),
  '-i': (rule, value) => void (rule.inInterface = value),
  '-o': (rule, value) => void (rule.outInterface = value),
  '--dport': (rule, value) => void (rule.destinationPorts = [value]),
  '--dports': (rule, value) => void (rule.destinationPorts = value.split(',')),
  '--ctstate': (rule, value) => void (rule.states = value.toLowerCase().split(',')),
  '--state': (rule, value) => void (rule.states = value.toLowerCase().split(',')),
  '--comment': () => undefined,
};
// Words of a rule may be anything, names of what every object has too.
const conditions = new Map(Object.entries(understood));

/** Matches that ask for nothing by themselves. */
const harmlessMatches = new Set(['tcp', 'udp', 'sctp', 'multiport', 'conntrack', 'state', 'comment']);

const verdicts = new Map([
  ['ACCEPT', 'accept'],
  ['DROP', 'drop'],
  ['REJECT', 'reject'],
  ['RETURN', 'return'],
]);

/** One rule without its `-A CHAIN`. `chains` are the names that it can jump to. */
function parseRule(text: string, chains: ReadonlySet<string>): FilterRule {
  const rule: Draft = { text, isPartial: false };
  const words = wordsOf(text);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const value = words[index + 1] ?? '';
    if (word === '-j' || word === '-g') {
      const target = verdicts.get(value) ?? (chains.has(value) ? value : undefined);
      if (target !== undefined) rule.target = target;
      // What follows tells the target how, and asks for nothing.
      break;
    }
    const condition = conditions.get(word);
    if (word === '!') {
      // The opposite of a condition: what it says is passed over.
      rule.isPartial = true;
      index += conditions.has(value) ? 2 : 1;
    } else if (condition) {
      condition(rule, value);
      index += 1;
    } else if (word === '-m' && harmlessMatches.has(value)) {
      index += 1;
    } else {
      rule.isPartial = true;
    }
  }
  return rule;
}

/** Words as iptables writes them; those with blanks stand in quotes. */
function wordsOf(text: string): string[] {
  const found = text.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g);
  return [...found].map(([word, quoted]) => quoted ?? word);
}
