import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { linesOf } from '../languages/text-lines.ts';

/** Gems that Bundler is to install. */
export const gemfileLock = defineCataloger({
  id: 'gemfile-lock',
  version: 1,
  reads: {
    en: '`Gemfile.lock` and `gems.locked`; they do not tell groups such as `development`',
    zh: '`Gemfile.lock` 和 `gems.locked`；文件中没有 `development` 等分组信息',
  },
  globs: ['**/Gemfile.lock', '**/*.gemfile.lock', '**/gems.locked'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'gem', state: 'declared' });
    let section = '';
    let remote = '';
    let revision: string | undefined;
    let sections = 0;
    for (const line of linesOf(file.text())) {
      if (/^[A-Z]/.test(line)) {
        section = line.trimEnd();
        [remote, revision] = ['', undefined];
        sections += 1;
      } else if (line.startsWith('  remote: ')) remote = line.slice('  remote: '.length);
      else if (line.startsWith('  revision: ')) revision = line.slice('  revision: '.length);
      // What gems need themselves stands two places further to the right.
      else if (/^ {4}\S/.test(line)) addGem(line.slice(4), { section, remote, revision }, list);
    }
    if (sections === 0 && file.content.size > 0) {
      throw new CatalogerError({ en: 'it has no section such as `GEM`', zh: '没有 `GEM` 等分区' });
    }
    return list.reading();
  },
});

interface GemSource {
  readonly section: string;
  readonly remote: string;
  readonly revision: string | undefined;
}

function addGem(line: string, { section, remote, revision }: GemSource, list: PackageList): void {
  // PATH: gems of the project itself.
  if (section !== 'GEM' && section !== 'GIT' && section !== 'PLUGIN SOURCE') return;
  const [, name, written = ''] = /^(\S+)(?: \(([^()]*)\))?$/.exec(line.trimEnd()) ?? [];
  if (name === undefined) {
    list.gap({ en: 'a line of a list of gems is no gem', zh: 'gem 列表中的某一行不是有效的 gem' });
    return;
  }
  // A version has no dash: what is behind one is the platform.
  const dash = written.indexOf('-');
  const version = dash < 0 ? written : written.slice(0, dash);
  const qualifiers = {
    ...(dash < 0 ? {} : { platform: written.slice(dash + 1) }),
    ...(section === 'GIT' ? vcsQualifiers(remote, revision) : {}),
  };
  list.add({ name, version, ...(Object.keys(qualifiers).length > 0 ? { qualifiers } : {}) });
}
