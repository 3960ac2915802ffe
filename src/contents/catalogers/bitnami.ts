import { isObject, type JsonObject, listIn } from '../../model/json.ts';
import { parsePurl, type Purl } from '../../model/purl.ts';
import { describedIn, extractedLicences, licencesOf, purlIn } from '../bills/spdx.ts';
import { filledText } from '../bills/json-texts.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList, shortened } from '../languages/package-list.ts';

/** What Bitnami built and put below `/opt/bitnami`, by the bill that it puts beside each. */
export const bitnami = defineCataloger({
  id: 'bitnami',
  version: 1,
  reads: {
    en: "Bitnami's bills of its components (`.spdx-*.spdx`): the components, and what Bitnami built into them; packages of languages in them are read from their own files",
    zh: 'Bitnami 组件自带的物料清单（`.spdx-*.spdx`）：组件本身，以及 Bitnami 编入其中的软件；其中的语言软件包由各自的文件识别',
  },
  globs: ['opt/bitnami/**/.spdx-*.spdx'],
  limit: 32 * 1024 ** 2,

  read(file): CatalogerReading {
    const document = readJson(file);
    if (!isObject(document) || !filledText(document, 'spdxVersion')?.startsWith('SPDX-2.')) {
      throw new CatalogerError({ en: "it is no bill in SPDX' JSON", zh: '不是 SPDX JSON 格式的物料清单' });
    }
    const list = new PackageList({ type: 'bitnami' });
    for (const each of componentsIn(document, list)) list.add(each);
    const reading = list.reading();
    if (reading.packages || reading.gaps) return reading;
    list.gap({ en: 'it names no component of Bitnami', zh: '其中没有列出 Bitnami 组件' });
    return list.reading();
  },
});

interface Listed {
  readonly each: JsonObject;
  readonly purl: Purl;
}

/**
 * What has a purl of Bitnami: nobody else names it, and Bitnami's advisories are about both the component and what was built into it. The
 * list has packages of languages too, found as any scan finds them; what is there as one of those as well (`pljava` of Maven) is left to it.
 */
function componentsIn(document: JsonObject, list: PackageList) {
  const main = describedIn(document);
  const isMain = (each: JsonObject) => main !== undefined && filledText(each, 'SPDXID') === main;
  const licences = extractedLicences(document);
  const listed: Listed[] = [];
  for (const each of listIn(document, 'packages')) {
    if (!isObject(each)) continue;
    const written = purlIn(each);
    const purl = written === undefined ? undefined : parsePurl(written);
    if (purl) listed.push({ each, purl });
    else if (written !== undefined || isMain(each)) noPurl(each, list);
  }
  const ofLanguages = new Set(listed.flatMap(({ purl }) => (purl.type === 'bitnami' ? [] : [nameAndVersion(purl)])));
  return listed
    .filter(({ purl }) => purl.type === 'bitnami')
    .filter(({ each, purl }) => isMain(each) || !ofLanguages.has(nameAndVersion(purl)))
    .map(({ each, purl }) => {
      const architecture = purl.qualifiers.get('arch');
      return {
        ...(purl.namespace === undefined ? {} : { namespace: purl.namespace }),
        name: purl.name,
        version: purl.version ?? filledText(each, 'versionInfo'),
        qualifiers: Object.fromEntries(purl.qualifiers),
        licenses: licencesOf(each, licences),
        ...(architecture === undefined ? {} : { architecture }),
      };
    });
}

function nameAndVersion({ name, version = '' }: Purl): string {
  return `${name.toLowerCase()}@${version}`;
}

function noPurl(each: JsonObject, list: PackageList): void {
  const name = shortened(filledText(each, 'name') ?? '?');
  list.gap({ en: `the entry ${name} has no purl that can be read`, zh: `条目 ${name} 没有可读取的 purl` });
}
