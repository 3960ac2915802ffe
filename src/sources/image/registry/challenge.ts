/** One way to prove who one is, as a server offers it in `WWW-Authenticate`. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Names in lower case; of a name that is there twice, the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** More than this of one header is not looked at. */
const longestHeader = 16_384;
const word = /[\w!#$%&'*+.^`|~-]+/y;
const quoted = /"((?:[^"\\]|\\.)*)"?/sy;
const plainValue = /[^\s",]*/y;
const blank = /[\s,]*/y;

/**
 * The challenges of a `WWW-Authenticate` header, in their order. Several may stand in one header, parted by the same comma as
 * their parameters, and a quoted value may hold commas and equals signs (RFC 9110, 11.2). What is not understood is passed over.
 */
export function parseChallenges(header: string): Challenge[] {
  const text = header.slice(0, longestHeader);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let position = 0;
  const take = (form: RegExp): RegExpExecArray | undefined => {
    form.lastIndex = position;
    const found = form.exec(text);
    if (!found) return undefined;
    position = form.lastIndex;
    return found;
  };
  while (position < text.length) {
    take(blank);
    const name = take(word)?.[0].toLowerCase();
    if (name === undefined) {
      position++;
      continue;
    }
    const afterName = position;
    take(/[ \t]*/y);
    if (text[position] !== '=') {
      position = afterName;
      challenges.push({ scheme: name, parameters: new Map() });
      continue;
    }
    position++;
    take(/[ \t]*/y);
    const value = take(quoted)?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? take(plainValue)?.[0] ?? '';
    const { parameters } = challenges.at(-1) ?? {};
    if (parameters && !parameters.has(name)) parameters.set(name, value);
  }
  return challenges;
}
