/** Hands out names that no other part of the document has: the first who asks gets it as it is, the others with a number. */
export type Naming = (wanted: string) => string;

export function distinctNames(separator: string): Naming {
  const taken = new Set<string>();
  const last = new Map<string, number>();
  return (asked) => {
    const wanted = asked.toWellFormed();
    let name = wanted;
    let number = last.get(wanted) ?? 1;
    while (taken.has(name)) name = `${wanted}${separator}${++number}`;
    last.set(wanted, number);
    taken.add(name);
    return name;
  };
}
