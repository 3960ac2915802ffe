/** Everything that can be reached from `roots`, themselves included. */
export function reachableFrom(roots: Iterable<string>, next: (key: string) => Iterable<string>): ReadonlySet<string> {
  const reached = new Set(roots);
  // What is added to a set while it is gone through comes up too.
  for (const key of reached) for (const each of next(key)) reached.add(each);
  return reached;
}
