import { type Coordinates, isName, isVersion } from './coordinates.ts';

/** `groupId`, `artifactId` and `version` as Maven writes them into `pom.properties`. */
export function readPomProperties(text: string): Partial<Coordinates> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, key, value] = /^[ \t]*([\w.]{1,50})[ \t]*[=:][ \t]*([^\\]*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, value.trim());
  }
  return coordinatesOf(values.get('groupId'), values.get('artifactId'), values.get('version'));
}

/**
 * The coordinates of a `pom.xml`, where they are written out: what a variable stands for may be anywhere. Group and version may be
 * those of the parent. Licenses as it names them.
 */
export function readPomDocument(text: string): Partial<Coordinates> {
  const found = new Map<string, string>();
  const licenses: string[] = [];
  for (const [path, value] of elementsOf(text)) {
    if (path === 'project/licenses/license/name') licenses.push(value);
    else if (!found.has(path)) found.set(path, value);
  }
  const own = (name: string) => found.get(`project/${name}`);
  return {
    ...coordinatesOf(
      own('groupId') ?? own('parent/groupId'),
      own('artifactId'),
      own('version') ?? own('parent/version'),
    ),
    licenses: licenses.filter((name) => name.length > 0 && name.length <= 200).slice(0, 20),
  };
}

function coordinatesOf(group?: string, artifact?: string, version?: string): Partial<Coordinates> {
  return {
    ...(isName(group) ? { group } : {}),
    ...(isName(artifact) ? { artifact } : {}),
    ...(isVersion(version) ? { version } : {}),
  };
}

const deepest = 64;

/** Elements that hold only text, with the names of those around them. Each part of the text is looked at once. */
function* elementsOf(text: string): Generator<readonly [string, string]> {
  const names: string[] = [];
  /** Where the text of the element begins that was opened last; -1 once something else was in it. */
  let start = -1;
  for (let at = text.indexOf('<'); at >= 0;) {
    const special = specials.find(({ begin }) => text.startsWith(begin, at));
    const end = text.indexOf(special?.end ?? '>', at);
    if (end < 0) return;
    if (special) {
      start = -1;
    } else if (text[at + 1] === '/') {
      if (start >= 0) yield [names.join('/'), plain(text.slice(start, at))];
      names.pop();
      start = -1;
    } else if (text[end - 1] === '/') {
      start = -1;
    } else {
      if (names.length === deepest) return;
      // Prefixes of namespaces do not tell elements of Maven apart.
      names.push(/^[^\s]{0,100}/.exec(text.slice(at + 1, Math.min(end, at + 101)))?.[0].replace(/^.*:/, '') ?? '');
      start = end + 1;
    }
    at = text.indexOf('<', end + 1);
  }
}

const specials = [
  { begin: '<!--', end: '-->' },
  { begin: '<![CDATA[', end: ']]>' },
  { begin: '<?', end: '?>' },
  { begin: '<!', end: '>' },
];

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function plain(text: string): string {
  return text
    .slice(0, 1000)
    .replaceAll(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities.get(name) ?? '')
    .trim();
}
