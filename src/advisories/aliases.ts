/** Names of vulnerabilities that are the same one. */
export interface AliasGroups {
  /** The name that a group goes by: its CVE where it has exactly one, else its first GHSA, else the name itself. */
  readonly canonicalOf: (name: string) => string;
}

/**
 * Joins names that records call aliases of each other, and through these further ones. `upstream` and `related` join nothing: an advisory
 * about ten vulnerabilities does not make them one.
 */
export function groupAliases(records: Iterable<readonly [name: string, aliases: readonly string[]]>): AliasGroups {
  const parents = new Map<string, string>();
  function rootOf(name: string): string {
    let root = name;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent;
    // What was gone through leads there at once the next time.
    for (let each = name; each !== root;) {
      const next = parents.get(each) ?? root;
      parents.set(each, root);
      each = next;
    }
    return root;
  }
  for (const [name, aliases] of records) {
    for (const alias of aliases) {
      const [left, right] = [rootOf(name), rootOf(alias)];
      // The same root whatever the order of the records.
      if (left < right) parents.set(right, left);
      else if (right < left) parents.set(left, right);
    }
  }
  const members = Map.groupBy(parents.keys(), rootOf);
  for (const [root, names] of members) if (!names.includes(root)) names.push(root);
  // Once a group, however many ask.
  const names = new Map([...members].map(([root, group]) => [root, nameOfGroup(group)]));
  return {
    canonicalOf(name) {
      const group = names.get(rootOf(name));
      // Several CVEs that somebody holds for one: each keeps its own name.
      return group?.vulnerability ?? (name.startsWith('CVE-') ? name : (group?.advisory ?? name));
    },
  };
}

function nameOfGroup(group: readonly string[]) {
  const vulnerabilities = group.filter((each) => each.startsWith('CVE-'));
  return {
    vulnerability: vulnerabilities.length === 1 ? vulnerabilities[0] : undefined,
    advisory: group.filter((each) => each.startsWith('GHSA-')).toSorted()[0],
  };
}
