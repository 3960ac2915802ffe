import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList, shortened } from '../languages/package-list.ts';
import { readXml } from '../languages/xml-parts.ts';

/** Libraries that Maven is to fetch, as far as the file itself tells their versions. */
export const mavenPom = defineCataloger({
  id: 'maven-pom',
  version: 1,
  reads: {
    en: '`pom.xml` of projects; versions that come from a parent or another file stay unknown',
    zh: '项目的 `pom.xml`；来自父 POM 或其他文件的版本无法得知',
  },
  globs: ['**/pom.xml'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const project = readProject(file.text());
    const list = new PackageList({ type: 'maven', state: 'declared' });
    const unknown: string[] = [];
    for (const dependency of project.dependencies) addDependency(dependency, project, list, unknown);
    if (unknown.length > 0)
      list.gap(withoutVersions(unknown), {
        en: 'the parent or the file that has the versions',
        zh: '提供版本的父 POM 或文件',
      });
    return list.reading();
  },
});

type Fields = ReadonlyMap<string, string>;

interface Project {
  readonly properties: Fields;
  readonly dependencies: readonly Fields[];
  /** Versions by group and name, for dependencies that have none of their own. */
  readonly managed: ReadonlyMap<string, Fields>;
}

const deepest = 100;

function readProject(text: string): Project {
  const properties = new Map<string, string>();
  const dependencies: Fields[] = [];
  const managed = new Map<string, Fields>();
  const open: string[] = [];
  let fields = new Map<string, string>();
  for (const part of readXml(text)) {
    if (part.kind === 'open') {
      if (open.length >= deepest)
        throw new CatalogerError({ en: 'its elements are nested too deep', zh: '元素嵌套过深' });
      open.push(part.name);
      if (part.name === 'dependency') fields = new Map();
    } else if (part.kind === 'close') {
      const path = open.join('/');
      if (path === 'project/dependencies/dependency') dependencies.push(fields);
      else if (path === 'project/dependencyManagement/dependencies/dependency') managed.set(keyOf(fields), fields);
      open.pop();
    } else {
      const name = open.at(-1) ?? '';
      const parent = open.slice(0, -1).join('/');
      if (parent === 'project') properties.set(`project.${name}`, part.text.trim());
      else if (parent === 'project/parent') properties.set(`project.parent.${name}`, part.text.trim());
      else if (parent === 'project/properties') properties.set(name, part.text.trim());
      else if (parent.endsWith('/dependency')) fields.set(name, part.text.trim());
    }
  }
  if (!/<(?:\w+:)?project[\s>]/.test(text))
    throw new CatalogerError({ en: 'it has no `project`', zh: '缺少 `project`' });
  return { properties, dependencies, managed };
}

function keyOf(fields: Fields): string {
  return `${fields.get('groupId') ?? ''}:${fields.get('artifactId') ?? ''}`;
}

function addDependency(fields: Fields, { properties, managed }: Project, list: PackageList, unknown: string[]): void {
  const inherited = managed.get(keyOf(fields));
  const field = (name: string) => resolved(fields.get(name) ?? inherited?.get(name) ?? '', properties);
  const [group, name, version] = [field('groupId'), field('artifactId'), field('version')];
  // `[1.0,2.0)` is a range, and what is left of `${…}` comes from elsewhere.
  if (!group || !name || !version || /^[[(]|\$\{/.test(`${version}${group}${name}`)) {
    unknown.push(keyOf(fields));
    return;
  }
  const [type, classifier] = [field('type'), field('classifier')];
  const qualifiers = {
    ...(type === '' || type === 'jar' ? {} : { type }),
    ...(classifier === '' ? {} : { classifier }),
  };
  list.add({
    namespace: group,
    name,
    version,
    ...(Object.keys(qualifiers).length > 0 ? { qualifiers } : {}),
    ...(field('scope') === 'test' ? { development: true } : {}),
  });
}

/** Characters of a property that a group, a name or a version is made of. */
const longestValue = 200;

/** `${name}` replaced, also inside of what it stands for; bounded, since properties may be made to grow. */
function resolved(written: string, properties: Fields): string {
  let text = written;
  for (let round = 0; round < 5 && text.includes('${') && text.length <= 1000; round += 1) {
    text = text.replaceAll(/\$\{([\w.-]{1,200})\}/g, (whole, name: string) => valueOf(name, properties) ?? whole);
  }
  return text;
}

/** A project without a group or version has its parent's. */
function valueOf(name: string, properties: Fields): string | undefined {
  const usual = name.replace(/^pom\./, 'project.');
  const own = properties.get(usual);
  const isInherited = usual === 'project.version' || usual === 'project.groupId';
  const value = own ?? (isInherited ? properties.get(usual.replace('project.', 'project.parent.')) : undefined);
  return value !== undefined && value.length <= longestValue ? value : undefined;
}

function withoutVersions(names: readonly string[]) {
  const shown = names.slice(0, 5).map(shortened);
  const more = names.length - shown.length;
  return {
    en: `it does not say the version of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    zh: `没有写明以下依赖的版本：${shown.join('、')}${more > 0 ? `，另有 ${more} 个` : ''}`,
  };
}
