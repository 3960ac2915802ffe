import type { KernelFacts } from '../../model/host.ts';
import { notReadYet } from './not-read-yet.ts';

/** What the kernel can do and how it is set. `root` is the folder that the machine's file systems are looked for in. */
export function readKernel(root = ''): KernelFacts {
  const gap = notReadYet(`${root}/proc/sys`);
  return {
    namespaces: gap,
    parameters: gap,
    controllers: gap,
    seccompActions: gap,
    lockdown: gap,
    modulesMustBeSigned: gap,
    modules: gap,
    selinux: gap,
    installed: gap,
    started: gap,
    rebootAskedFor: gap,
  };
}
