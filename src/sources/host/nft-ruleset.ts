import type { FilterChain, FilterRule } from '../../model/packet-filter.ts';
import { isInRange } from '../../model/internet-address.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';

const families = ['ip', 'ip6', 'inet'] as const;
const hooks = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;

/**
 * Chains and rules from `nft --json list ruleset`. Tables of other families (bridges, ARP, one interface) are left
 * out. Throws a SyntaxError where the text is no JSON.
 */
export function parseNftRuleset(text: string): FilterChain[] {
  const entries = listOf(objectOf(JSON.parse(text) as JsonValue)['nftables']).map(objectOf);
  const rules = entries.flatMap((entry) => (entry['rule'] === undefined ? [] : [objectOf(entry['rule'])]));
  const byChain = Map.groupBy(rules, ({ family, table, chain }) => JSON.stringify([family, table, chain]));
  return entries.flatMap((entry) => {
    const chain = objectOf(entry['chain']);
    const family = families.find((each) => each === chain['family']);
    const name = chain['name'];
    const table = chain['table'];
    if (!family || typeof name !== 'string' || typeof table !== 'string') return [];
    const hook = hooks.find((each) => each === chain['hook']);
    const entered = hook ? { hook, policy: chain['policy'] === 'drop' ? ('drop' as const) : ('accept' as const) } : {};
    const own = byChain.get(JSON.stringify([family, table, name])) ?? [];
    return [{ family, table, name, ...entered, rules: own.map((rule) => parseRule(listOf(rule['expr']))) }];
  });
}

type Draft = { -readonly [K in keyof FilterRule]: FilterRule[K] };

/** Statements that neither ask nor decide. */
const silent = new Set(['counter', 'log', 'comment', 'mark', 'notrack', 'mangle']);

function parseRule(expressions: readonly JsonValue[]): FilterRule {
  const statements = expressions.flatMap((each) => Object.entries(objectOf(each)));
  const shown = statements.filter(([name]) => name !== 'counter').map(([name, value]) => ({ [name]: value }));
  const rule: Draft = { text: JSON.stringify(shown), isPartial: false };
  for (const [name, value = null] of statements) {
    const target = objectOf(value)['target'];
    if (name === 'accept' || name === 'drop' || name === 'reject' || name === 'return') rule.target = name;
    else if ((name === 'jump' || name === 'goto') && typeof target === 'string') rule.target = target;
    else if (name === 'match') rule.isPartial = !applyMatch(rule, objectOf(value)) || rule.isPartial;
    else rule.isPartial ||= !silent.has(name);
  }
  return rule;
}

/** Whether the condition was understood, and is in the rule now. */
function applyMatch(rule: Draft, { op, left, right }: JsonObject): boolean {
  const values = valuesOf(right ?? null);
  if ((op !== '==' && op !== 'in') || !values) return false;
  const [kind, what] = Object.entries(objectOf(left))[0] ?? [];
  const { key, protocol, field } = objectOf(what);
  const [first = ''] = values;
  // Addresses of hardware, names and ranges that are no prefix are not understood.
  if ((field === 'saddr' || field === 'daddr') && !values.every((value) => isInRange(value, value))) return false;
  if (kind === 'ct' && !rule.states && (key === 'state' || (key === 'status' && values.join(',') === 'dnat')))
    rule.states = values;
  else if (kind === 'meta' && (key === 'iifname' || key === 'iif') && values.length === 1)
    rule.inInterface = star(first);
  else if (kind === 'meta' && (key === 'oifname' || key === 'oif') && values.length === 1)
    rule.outInterface = star(first);
  else if (kind === 'meta' && key === 'l4proto' && values.length === 1) rule.protocol = first;
  else if (kind !== 'payload') return false;
  else if (field === 'saddr') rule.sources = values;
  else if (field === 'daddr') rule.destinations = values;
  else if (field === 'protocol' && values.length === 1) rule.protocol = first;
  else if (field === 'dport' && typeof protocol === 'string') {
    // `th` is any protocol that has ports.
    if (protocol !== 'th') rule.protocol = protocol;
    rule.destinationPorts = values;
  } else return false;
  return true;
}

/** nftables writes `veth*` where iptables writes `veth+`. */
function star(name: string): string {
  return name.replace(/\*$/, '+');
}

/** What a condition compares with; `undefined` for what is not understood, such as a set that has a name. */
function valuesOf(right: JsonValue): string[] | undefined {
  const items = Array.isArray(right) ? right : listOf(objectOf(right)['set'] ?? [right]);
  const values = items.map(valueOf);
  return values.every((value) => value !== undefined) ? values : undefined;
}

function valueOf(item: JsonValue): string | undefined {
  if (typeof item === 'number') return String(item);
  if (typeof item === 'string') return item.startsWith('@') ? undefined : item;
  const { range, prefix } = objectOf(item);
  if (range !== undefined) return listOf(range).map(String).join(':');
  const { addr, len } = objectOf(prefix);
  return typeof addr === 'string' && typeof len === 'number' ? `${addr}/${len}` : undefined;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
