import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, type PairsInstruction, type Stage } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import { lineEndOf, type TextEdit } from '../../model/source-text.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';

/** Every image has them, or the shell does. */
const always: ReadonlySet<string> = new Set(['PATH', 'HOME', 'HOSTNAME']);

export const dockerfileEnvSelfReference = defineControl({
  id: 'dockerfile-env-self-reference',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'ENV refers only to variables set before it', zh: 'ENV 只引用之前已设置的变量' },
  why: {
    en: 'All of one ENV sees what was set above it. A variable of the same ENV is still empty there, or has its old value.',
    zh: '同一条 ENV 中的所有赋值看到的都是之前的值。引用同一条 ENV 中的变量，得到的是空值或旧值。',
  },
  how: {
    en: 'No value refers to another variable of the same ENV, unless an ENV or ARG above it, in the stage or in one that it is built from, sets that one too. PATH and HOME are always set, and a default value in braces passes.',
    zh: '赋值不引用同一条 ENV 中的其他变量，除非之前的 ENV 或 ARG（含所基于的阶段）已设置该变量。PATH 与 HOME 始终存在；花括号中带默认值的引用通过。',
  },
  references: {
    aliases: ['DL3044'],
    links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  },
  counterexample: {
    bad: 'FROM debian:13\nENV SHOP_HOME=/srv/shop SHOP_DATA=$SHOP_HOME/data\n',
    good: 'FROM debian:13\nENV SHOP_HOME=/srv/shop\nENV SHOP_DATA=$SHOP_HOME/data\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No ENV refers to its own variables.',
      zh: '没有引用自身变量的 ENV。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const edit = place && parted(dockerfile, place);
    return edit
      ? editText([edit], { en: 'Begin another ENV here.', zh: '在此处另起一条 ENV。' })
      : byHand({ en: 'Set the variable in an ENV above this one.', zh: '在此之前用另一条 ENV 设置该变量。' });
  },
});

interface Reference extends Place {
  readonly env: PairsInstruction;
  /** Of the pair that refers. */
  readonly index: number;
  /** Names of this ENV that were set above it, and those that always are. */
  readonly settled: ReadonlySet<string>;
}

function places(dockerfile: Dockerfile): readonly Reference[] {
  const byStage = new Map<Stage, Set<string>>();
  return dockerfile.stages.flatMap((stage) => {
    const before = new Set(stage.base.kind === 'stage' ? byStage.get(stage.base.stage) : []);
    byStage.set(stage, before);
    return instructionsOf(stage.instructions, ['env', 'arg'], { onbuild: true }).flatMap((each) => {
      const found = each.keyword === 'env' ? placesIn(dockerfile, each, before) : [];
      for (const name of namesOf(each.pairs)) before.add(name);
      return found;
    });
  });
}

function placesIn(dockerfile: Dockerfile, env: PairsInstruction, before: ReadonlySet<string>): Reference[] {
  const names = namesOf(env.pairs);
  const known = new Set(names);
  const settled = new Set([...names.filter((name) => before.has(name)), ...always]);
  return env.pairs.flatMap(({ span }, index): Reference[] => {
    const own = names[index] ?? '';
    const found = referencesIn(dockerfile, env, index).find(
      (name) => name !== own && known.has(name) && !settled.has(name),
    );
    if (found === undefined) return [];
    const message = {
      en: `${own} refers to ${found}, which this same ENV sets.`,
      zh: `${own} 引用了同一条 ENV 设置的 ${found}。`,
    };
    return [{ env, index, settled, span, value: `${own}: $${found}`, message }];
  });
}

function namesOf(pairs: PairsInstruction['pairs']): string[] {
  return pairs.map(({ name }) => name.value ?? name.text);
}

/** Names that a value refers to without a default, in the order in which they stand. */
function referencesIn({ text, escape }: Dockerfile, { pairs }: PairsInstruction, index: number): string[] {
  const { value } = pairs[index] ?? {};
  if (!value?.variable) return [];
  const written = text.slice(value.span.start, value.span.end);
  const names: string[] = [];
  let isQuoted = false;
  for (let at = 0; at < written.length; at += 1) {
    const character = written[at];
    if (character === escape) at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === "'" && !isQuoted) at = Math.max(at, written.indexOf("'", at + 1));
    else if (character === '$') {
      const reference = /\$(?:\{(\w+)(?=[}#%/])|(\w+))/y;
      reference.lastIndex = at;
      const [, braced, plain] = reference.exec(written) ?? [];
      const name = braced ?? plain;
      if (name !== undefined) names.push(name);
    }
  }
  return names;
}

/** A new ENV in front of a pair, where that changes nothing else. */
function parted(dockerfile: Dockerfile, { env, index, settled }: Reference): TextEdit | undefined {
  const { text } = dockerfile;
  const { pairs, onbuild, keywordSpan } = env;
  const [last, next] = [pairs[index - 1], pairs[index]];
  if (!last || !next || onbuild) return undefined;
  const [start, end] = [last.span.end, next.span.start];
  if (!/^[ \t]*(?:[\\`][ \t]*\r?\n[ \t]*)?$/.test(text.slice(start, end))) return undefined;
  const above = new Set(namesOf(pairs.slice(0, index)));
  const below = new Set(namesOf(pairs.slice(index + 1)));
  const references = pairs.slice(index).flatMap((_pair, offset) => referencesIn(dockerfile, env, index + offset));
  const changesMore = references.some((name) => above.has(name) && settled.has(name));
  if (changesMore || referencesIn(dockerfile, env, index).some((name) => below.has(name))) return undefined;
  const lineEnd = lineEndOf(text);
  return { start, end, text: `${lineEnd}${text.slice(keywordSpan.start, keywordSpan.end)} ` };
}
