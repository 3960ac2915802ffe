/** A name with what it stands in, as `FoundPackage` has them. */
export interface SplitName {
  readonly namespace?: string;
  readonly name: string;
}

/** `@scope/name` of npm: the scope with its `@`. */
export function splitScope(name: string): SplitName {
  return name.startsWith('@') ? splitAt(name, name.indexOf('/')) : { name };
}

/** `vendor/package` of Composer. */
export function splitVendor(name: string): SplitName {
  return splitAt(name, name.indexOf('/'));
}

/** `github.com/owner/module` of Go: all but the last part. */
export function splitPath(path: string): SplitName {
  return splitAt(path, path.lastIndexOf('/'));
}

function splitAt(name: string, slash: number): SplitName {
  return slash <= 0 ? { name } : { namespace: name.slice(0, slash), name: name.slice(slash + 1) };
}
