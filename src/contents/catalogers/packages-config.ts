import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { PackageList } from '../languages/package-list.ts';
import { readXml } from '../languages/xml-parts.ts';

/** Packages of older .NET projects. */
export const packagesConfig = defineCataloger({
  id: 'packages-config',
  version: 1,
  reads: { en: '`packages.config` of NuGet', zh: 'NuGet 的 `packages.config`' },
  globs: ['**/packages.config'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    const list = new PackageList({ type: 'nuget', state: 'declared' });
    for (const part of readXml(file.text())) {
      if (part.kind !== 'open' || part.name !== 'package') continue;
      list.add({
        name: part.attributes.get('id'),
        version: part.attributes.get('version'),
        ...(part.attributes.get('developmentDependency') === 'true' ? { development: true } : {}),
      });
    }
    return list.reading();
  },
});
