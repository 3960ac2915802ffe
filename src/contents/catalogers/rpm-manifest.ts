import { type CatalogedFile, type CatalogerReading, defineCataloger, type FoundPackage } from '../cataloger.ts';
import { linesOf } from '../languages/text-lines.ts';
import { sourceOf } from '../rpm/package.ts';
import { SystemPackages } from '../system-packages.ts';

/** Packages of Azure Linux's small images, from which rpm and its database were taken out: a list stands there instead. */
export const rpmManifest = defineCataloger({
  id: 'rpm-manifest',
  version: 1,
  reads: {
    en: 'the list of packages of images of Azure Linux without rpm (`container-manifest-2`)',
    zh: '不含 rpm 的 Azure Linux 镜像的软件包清单（`container-manifest-2`）',
  },
  globs: ['var/lib/rpmmanifest/container-manifest-2'],
  read: readManifest,
});

const none = '(none)';

/** A line a package, as `rpm -qa` prints it. Columns: name, version and release, two times, vendor, epoch, size, architecture, epoch, source package. */
function readManifest(file: CatalogedFile): CatalogerReading {
  const found = new SystemPackages('rpm');
  for (const line of linesOf(file.text())) {
    if (line.trim() === '') continue;
    const one = packageOf(line.split('\t', 16));
    if (one) found.add(one);
    else found.addNameless(line.split('\t', 1)[0]);
  }
  return found.reading();
}

function packageOf(columns: readonly string[]): FoundPackage | undefined {
  const [name, version, , , vendor = none, epoch = none, , architecture = none, , sourcePackage] = columns;
  if (!name || !version || !/\d/.test(version)) return undefined;
  const source = sourceOf(sourcePackage);
  const hasEpoch = /^\d+$/.test(epoch);
  return {
    type: 'rpm',
    name,
    version: hasEpoch ? `${epoch}:${version}` : version,
    qualifiers: { ...(architecture === none ? {} : { arch: architecture }), ...(hasEpoch ? { epoch } : {}) },
    ...(architecture === none ? {} : { architecture }),
    ...(source ? { source } : {}),
    ...(vendor === none ? {} : { vendor }),
  };
}
