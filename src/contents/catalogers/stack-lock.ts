import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readIndented } from '../languages/indented-lines.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';

/** Haskell packages beside those of the snapshot that Stack builds with. */
export const stackLock = defineCataloger({
  id: 'stack-lock',
  version: 1,
  reads: {
    en: '`stack.yaml.lock` of Haskell; the packages of its snapshot are not listed in it',
    zh: 'Haskell 的 `stack.yaml.lock`；其中不列出快照所含的软件包',
  },
  globs: ['**/stack.yaml.lock'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    const list = new PackageList({ type: 'hackage', state: 'declared' });
    let fields = new Map<string, string>();
    for (const { path, value } of readIndented(file.text())) {
      const [part, dash, state, field] = path;
      if (part !== 'packages' || dash !== '-' || state !== 'completed') continue;
      if (field === undefined) {
        addPackage(fields, list);
        fields = new Map();
      } else if (path.length === 4) fields.set(field, value);
    }
    addPackage(fields, list);
    return list.reading();
  },
});

function addPackage(fields: ReadonlyMap<string, string>, list: PackageList): void {
  const hackage = fields.get('hackage');
  const repository = fields.get('git');
  if (hackage !== undefined) {
    // `acme-missiles-0.3@sha256:…,613`
    const [, name, version] = /^(.{1,300})-(\d[\d.]*)(?:@|$)/.exec(hackage.slice(0, 1000)) ?? [];
    list.add({ name: name ?? hackage, version });
  } else if (fields.size > 0) {
    const commit = fields.get('commit');
    list.add({
      name: fields.get('name'),
      version: fields.get('version'),
      ...(repository === undefined ? {} : { qualifiers: vcsQualifiers(repository, commit) }),
    });
  }
}
