/** What the name of an archive says, by the custom of Maven: `artifact-version-classifier.jar`. */
export interface NamedArchive {
  readonly artifact: string;
  readonly version: string;
}

/** Words of versions, besides numbers, dates and revisions. */
const versionWord =
  /^(?:v?\d+[a-z]?\d{0,9}|(?:alpha|beta|a|b|m|milestone|rc|cr|pre|preview|ea|snapshot|final|ga|release|sp|sec|jre|jdk|java|android|incubating|redhat|patch|p|build|hotfix|r|rev|svn|git|dfsg|ds|repack|debian|deb|ubuntu|wso2v|cdh|hdp|jbossorg|jboss|atlassian)\d{0,9}|[\da-f]{7,40})?$/i;

/** What Maven and Gradle put after the version for another archive of the same library. */
const classifier =
  /-(?:tests?|all|shaded|shadow|uber|fat|exec|boot|runner|standalone|plain|bin|dist|jar-with-dependencies|classes|jakarta|indy|no_aop|natives?(?:-\w{1,40})?|(?:linux|osx|windows|mac|win)-(?:x86_64|x86_32|aarch_64|aarch64|amd64|arm64|x64))$/i;

/** Archives of texts: nothing in them runs. */
export function isOfTexts(name: string): boolean {
  return /-(?:sources|javadoc|test-sources)$/.test(name);
}

/**
 * Parts a file's name, without its ending, into artifact and version: at the first hyphen after which everything can be a version, so
 * that `log4j-1.2-api-2.17.1` is version 2.17.1. Bundles of Eclipse have an underscore there. Nothing where no part fits.
 */
export function partFileName(name: string): NamedArchive | undefined {
  if (name.length > 250) return undefined;
  const bare = name.replace(classifier, '');
  return partAt(bare, '-') ?? (bare.includes('.') ? partAt(bare, '_') : undefined);
}

function partAt(name: string, separator: string): NamedArchive | undefined {
  for (let at = name.indexOf(separator, 1); at >= 0; at = name.indexOf(separator, at + 1)) {
    const version = name.slice(at + 1);
    if (/^\d/.test(version) && version.split(/[-._+~]/).every((word) => versionWord.test(word))) {
      return { artifact: name.slice(0, at), version };
    }
  }
  return undefined;
}

/**
 * The group of an archive that lies in a repository of Maven (`repository/org/example/shop/1.0/shop-1.0.jar`) or in the cache of Gradle
 * (`files-2.1/org.example/shop/1.0/3f…/shop-1.0.jar`).
 */
export function groupOfPath(path: string, { artifact, version }: NamedArchive): string | undefined {
  const folders = path.split('/').slice(0, -1);
  const cache = folders.lastIndexOf('files-2.1');
  if (cache >= 0) {
    const [group, name, number] = folders.slice(cache + 1);
    return name === artifact && number === version ? group : undefined;
  }
  if (folders.at(-1) !== version || folders.at(-2) !== artifact) return undefined;
  const root = Math.max(folders.indexOf('repository'), folders.indexOf('maven-repo'));
  const group = folders.slice(root + 1, -2);
  return root >= 0 && group.length > 0 ? group.join('.') : undefined;
}
