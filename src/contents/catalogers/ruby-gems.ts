import { posix } from 'node:path';
import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { licenseNames } from '../languages/licenses.ts';
import { PackageList } from '../languages/package-list.ts';

/** Gems where Ruby finds them, those that come with it included. */
export const rubyGems = defineCataloger({
  id: 'ruby-gems',
  version: 1,
  reads: {
    en: 'specifications of installed gems, default gems and gems that Bundler took from a repository',
    zh: '已安装的 gem、默认 gem，以及 Bundler 从代码仓库取得的 gem 的规格文件',
  },
  globs: ['**/specifications/*.gemspec', '**/specifications/default/*.gemspec', '**/bundler/gems/*/*.gemspec'],
  limit: 4 * 1024 ** 2,

  read(file): CatalogerReading {
    const text = file.text();
    const stub = stubOf(text) ?? assignedIn(text) ?? namedBy(posix.basename(file.path, '.gemspec'));
    const licenses = licensesIn(text);
    const list = new PackageList({ type: 'gem' });
    list.add({
      name: stub?.name,
      version: stub?.version,
      ...platformOf(stub?.platform),
      ...(licenses.length > 0 ? { licenses } : {}),
    });
    return list.reading();
  },
});

interface Stub {
  readonly name: string;
  readonly version: string;
  readonly platform?: string;
}

/** `# stub: nokogiri 1.13.4 x86_64-linux lib`: for RubyGems itself, which does not run every specification to list them. */
function stubOf(text: string): Stub | undefined {
  const [, name, version, platform] = /^# stub: (\S+) (\S+) (\S+)/m.exec(text.slice(0, 4096)) ?? [];
  return name === undefined || version === undefined || platform === undefined
    ? undefined
    : { name, version, platform };
}

/** Written by older versions, which had no such line. What a specification has to be run for is not guessed. */
function assignedIn(text: string): Stub | undefined {
  const name = assigned(text, 'name');
  const version = assigned(text, 'version');
  const platform = assigned(text, 'platform');
  if (name === undefined || version === undefined) return undefined;
  return { name, version, ...(platform === undefined ? {} : { platform }) };
}

function assigned(text: string, field: string): string | undefined {
  const line = new RegExp(
    String.raw`^ {0,8}\w{1,20}\.${field} {0,4}= {0,4}(?:Gem::Version\.new\()?(["'])([^"'\n#]{1,1000})\1`,
    'm',
  );
  return line.exec(text)?.[2];
}

/** `nokogiri-1.13.4-x86_64-linux`: the name of the file. */
function namedBy(base: string): Stub | undefined {
  const [, name, version, platform] = /^(.{1,300}?)-(\d[\w.]*)(?:-(.+))?$/.exec(base) ?? [];
  if (name === undefined || version === undefined) return undefined;
  return { name, version, ...(platform === undefined ? {} : { platform }) };
}

function platformOf(platform: string | undefined) {
  return platform === undefined || platform === 'ruby' ? {} : { qualifiers: { platform } };
}

function licensesIn(text: string): readonly string[] {
  const list = /^ {0,8}\w{1,20}\.licenses? = (.{1,2000})$/m.exec(text)?.[1] ?? '';
  return licenseNames([...list.matchAll(/(["'])([^"']{1,200})\1/g)].map(([, , name]) => name));
}
