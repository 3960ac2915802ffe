import type { ImageSummary } from '../../model/engine.ts';
import { type Fact, mapFact, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { ImageFacts, ImageOrigin, ImageStep } from '../../model/image.ts';
import { imageDigits } from '../../model/image-reference.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { configurationOf, dateMeant, openScriptReader, type ScriptReader } from '../image/image-configuration.ts';
import { brokenPromise, promisedList, promisedObject } from './promised.ts';
import { fieldAt, isObject, listAt, numberAt, objectAt, stringAt, stringsAt, textAt } from './reading.ts';
import type { Ask } from './swarm.ts';

export interface ImagesReading {
  /** Who uses them is not known here. */
  readonly images: readonly Omit<ImageFacts, 'usedBy'>[];
  readonly gaps: readonly UnreadableFact[];
}

/** More are not asked about: the answers would take longer than a run may. */
const mostImages = 300;
/** Questions under way at a time. */
const atOnce = 8;

/** Inspects every image that has a name or that a container was made from. */
export async function readImages(list: Fact<readonly ImageSummary[]>, ask: Ask): Promise<ImagesReading> {
  if (!list.known) return { images: [], gaps: [] };
  const isAsked = list.value.length > mostImages || list.value.some(isBare);
  const used = isAsked ? await usedImages(ask) : new Set<string>();
  const isUsed = ({ id }: ImageSummary) => used.has(imageDigits(id));
  const all = list.value.filter((each) => each.id !== '' && (!isBare(each) || isUsed(each)));
  // Where not all can be looked at, those that run come first.
  const wanted = all.toSorted((left, right) => Number(isUsed(right)) - Number(isUsed(left))).slice(0, mostImages);
  if (wanted.length === 0) return { images: [], gaps: [] };
  // An engine without images need not wait for a grammar of shells.
  const scripts = await openScriptReader();
  const read: (ImageAnswer | undefined)[] = wanted.map(() => undefined);
  const queue = wanted.entries();
  const work = async () => {
    for (const [index, each] of queue) read[index] = await readImage(each, ask, scripts);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return {
    images: read.flatMap((each) => each?.image ?? []),
    gaps: [...read.flatMap((each) => each?.gap ?? []), ...(all.length > wanted.length ? [leftOut(all.length)] : [])],
  };
}

function isBare({ tags, digests }: ImageSummary): boolean {
  return tags.length === 0 && digests.length === 0;
}

export type DescribedImage = Omit<ImageFacts, 'usedBy'>;
interface ImageAnswer {
  readonly image?: DescribedImage;
  readonly gap?: UnreadableFact;
}

function leftOut(count: number): UnreadableFact {
  return unreadable(
    'engine-api',
    'GET /images/ID/json',
    {
      en: `of ${count} images only ${mostImages} were looked at, those of containers first`,
      zh: `共 ${count} 个镜像，只检查了 ${mostImages} 个，容器所用的优先`,
    },
    { en: 'remove images that nobody uses', zh: '删除无人使用的镜像' },
  );
}

/** The digits of the ids of images that containers were made from; none where the engine does not say. */
async function usedImages(ask: Ask): Promise<ReadonlySet<string>> {
  const path = '/containers/json?all=1';
  const answer = await ask(path, (containers) =>
    promisedList(containers, path).map((each) => imageDigits(stringAt(each, 'ImageID') ?? '')),
  );
  return new Set(answer.known ? answer.value : []);
}

/** Neither image nor gap for one that was removed since it was listed. */
async function readImage(summary: ImageSummary, ask: Ask, scripts: ScriptReader): Promise<ImageAnswer> {
  const path = `/images/${encodeURIComponent(summary.id)}`;
  const [inspected, history] = await Promise.all([
    ask(`${path}/json`, (answer) =>
      answer === null ? null : readInspectedImage(summary, promisedObject(answer, `${path}/json`)),
    ),
    ask(`${path}/history`, (answer) => readHistory(answer, `${path}/history`, scripts)),
  ]);
  if (!inspected.known) return { gap: inspected };
  return inspected.value === null ? {} : { image: { ...inspected.value, history } };
}

/**
 * One image as the answers of its inspection and its history tell it.
 *
 * @throws PlimsollError where the inspection has no id
 */
export async function describeImage(inspected: JsonObject, history: Fact<JsonValue>): Promise<DescribedImage> {
  const id = stringAt(inspected, 'Id');
  if (id === undefined) throw brokenPromise('/images/ID/json', 'an image', '镜像');
  const scripts = await openScriptReader();
  return {
    ...readInspectedImage(
      {
        id,
        tags: stringsAt(inspected, 'RepoTags').filter((tag) => tag !== '<none>:<none>'),
        digests: stringsAt(inspected, 'RepoDigests').filter((digest) => digest !== '<none>@<none>'),
        created: 0,
      },
      inspected,
    ),
    history: mapFact(history, (answer) => readHistory(answer, '/images/ID/history', scripts)),
  };
}

type InspectedImage = Omit<DescribedImage, 'history'>;

/** Reads the answer of `GET /images/ID/json`. Empty fields of `Config` are left out of it since API 1.52. */
export function readInspectedImage(summary: ImageSummary, answer: JsonValue): InspectedImage {
  const author = textAt(answer, 'Author');
  const size = numberAt(answer, 'Size');
  const origin = originOf(answer);
  return {
    id: summary.id,
    tags: summary.tags,
    digests: summary.digests,
    created: dateMeant(Date.parse(stringAt(answer, 'Created') ?? '')),
    ...(author === undefined ? {} : { author }),
    ...(size === undefined ? {} : { size }),
    configuration: configurationOf(objectAt(answer, 'Config')),
    layers: stringsAt(objectAt(answer, 'RootFS'), 'Layers'),
    ...(origin ? { origin } : {}),
  };
}

/** What Docker keeps since API 1.53 of how an image came. */
function originOf(answer: JsonValue): ImageOrigin | undefined {
  const identity = fieldAt(answer, 'Identity');
  if (!isObject(identity)) return undefined;
  return {
    built: listAt(identity, 'Build').length > 0,
    repositories: listAt(identity, 'Pull').flatMap((each) => textAt(each, 'Repository') ?? []),
    signed: listAt(identity, 'Signature').some((each) => !textAt(each, 'Error')),
  };
}

/** Reads the answer of `GET /images/ID/history`, which begins with the last step. */
function readHistory(answer: JsonValue, path: string, scripts: ScriptReader): ImageStep[] {
  if (answer === null) return [];
  return promisedList(answer, path)
    .toReversed()
    .map((each) => {
      const createdBy = stringAt(each, 'CreatedBy') ?? '';
      const created = dateMeant((numberAt(each, 'Created') ?? 0) * 1000);
      const comment = textAt(each, 'Comment');
      const script = scripts.read(createdBy);
      return {
        createdBy,
        ...(created === null ? {} : { created }),
        size: numberAt(each, 'Size') ?? 0,
        ...(comment === undefined ? {} : { comment }),
        tags: stringsAt(each, 'Tags'),
        ...(script ? { script } : {}),
      };
    });
}
