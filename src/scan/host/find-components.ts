import type { Machine } from '../../model/control.ts';
import type { Fact } from '../../model/fact.ts';
import type { HostComponent, HostComponents } from '../../model/host-component.ts';
import type { Distribution } from '../../model/image-contents.ts';
import { readRunningKernel } from '../../sources/host/running-kernel.ts';
import { readRunningPrograms } from '../../sources/host/running-programs.ts';
import { openFinder } from '../find-vulnerabilities.ts';
import { kernelComponent } from './kernel-component.ts';
import { packagesOwning } from './packages-owning.ts';
import { programComponent } from './program-component.ts';
import { readHostDistribution } from './host-distribution.ts';
import { reportedComponents } from './reported-component.ts';

export interface ComponentOptions {
  /** The folder of the advisories, which are there. */
  readonly dataFolder: string;
  /** The folder that the host's file systems are looked for in. */
  readonly root?: string;
}

/**
 * What runs the containers of a machine that was read, and which flaws of it are known: the kernel that runs, the engine's programs. Of the
 * disk only the package managers' databases are read, and those parts of the programs that tell what they were built from.
 *
 * @throws PlimsollError for a store that cannot be read
 */
export async function findComponents(
  { host, engine }: Machine,
  { dataFolder, root = '' }: ComponentOptions,
): Promise<HostComponents> {
  const { programs, gaps } = readRunningPrograms(engine, host, root);
  const kernel = readRunningKernel(host.kernelRelease, root);
  // Where this process does not see the host's files, it does not see its packages either.
  const distribution: Fact<Distribution> = host.distribution.known ? readHostDistribution(root) : host.distribution;
  const paths = [...programs.map(({ path }) => path), ...(kernel.known ? kernel.value.files : [])];
  const owned = host.distribution.known ? packagesOwning(root, paths) : { owners: new Map(), gaps: [] };
  const finder = await openFinder({ dataFolder, kernelHeaders: false });
  try {
    const place = { distribution, owned, finder };
    const components: HostComponent[] = [
      kernelComponent(kernel, place),
      ...programs.map((program) => programComponent(program, engine, place)),
      ...reportedComponents(engine, programs, gaps, finder),
    ];
    const { data } = finder;
    return { ...(data === undefined ? {} : { data }), distribution, components };
  } finally {
    finder.close();
  }
}
