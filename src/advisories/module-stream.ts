import type { Package } from '../model/package.ts';

/** `nodejs:18` of the label `nodejs:18:8060020220523160029:ad008a3a`; `undefined` for what belongs to no module. */
export function moduleStreamOf({ modularity }: Package): string | undefined {
  return /^([^\s:]{1,100}:[^\s:]{1,100})(?=:|$)/.exec(modularity ?? '')?.[1];
}

/** Built for a module, as the release says, but the label that says for which was lost on the way. */
export function lacksModuleStream(each: Package): boolean {
  return moduleStreamOf(each) === undefined && /\.module[_+](?:el|f)\d/.test(each.version);
}
