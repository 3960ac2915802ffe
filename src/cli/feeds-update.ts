import { join } from 'node:path';
import { bringAlong } from '../feeds/bring-along.ts';
import { type DownloadedFeed, faultOfFeed, readDownloadedFeeds } from '../feeds/downloaded-feeds.ts';
import { feedKey } from '../feeds/feed-key.ts';
import type { FeedPart } from '../feeds/feed-part.ts';
import { readFeedsInUse } from '../feeds/feed-status.ts';
import type { CurrentFeed } from '../feeds/note-current.ts';
import { holdStore, type HeldStore } from '../feeds/replace-store.ts';
import { PlimsollError } from '../model/error.ts';
import type { FeedStatus, ImportedFeed } from '../model/feed-status.ts';
import type { Language, Text } from '../model/text.ts';
import { feedName, type NotImported, renderImported } from '../report/feeds.ts';
import { downloadAll, type DownloadOutcome } from '../sources/feeds/download-all.ts';
import type { WantedFile } from '../sources/feeds/download.ts';
import {
  exploitedAddress,
  exportAddress,
  type FeedAddress,
  probabilitiesAddress,
  readMirror,
} from '../sources/feeds/feed-address.ts';
import { systemClock, usualPatience } from '../sources/http/patience.ts';
import { describeFailure } from './failure.ts';
import { chosenEcosystems } from './feeds-choice.ts';
import { type FeedsOptions, readingFeeds, writeFeeds } from './feeds.ts';
import { startProgress } from './progress.ts';
import { OlderFeedsError } from './refuse-older.ts';
import { dataFolder } from './user-folders.ts';
import { writeDocument } from './write.ts';

export interface UpdateOptions extends FeedsOptions {
  readonly ecosystem?: readonly string[];
  readonly mirror?: string;
  readonly ca?: string;
  /** What is in use may be newer. */
  readonly allowOlder?: boolean;
}

interface WantedFeed extends WantedFile, Pick<FeedStatus, 'name' | 'kind'> {
  readonly path: readonly string[];
}

const fetching: Text = { en: 'fetching', zh: '正在获取' };

/**
 * `plimsoll feeds update`: fetches what is newer than what is there, and imports it. What fails does not keep the rest from being used.
 *
 * @returns 2 where a feed could not be fetched
 */
export async function updateFeeds(options: UpdateOptions, localeLanguage: Language): Promise<0 | 2> {
  const language = options.lang ?? localeLanguage;
  const folder = dataFolder(options);
  const mirror = options.mirror === undefined ? undefined : readMirror(options.mirror);
  await bringAlong(folder);
  const ecosystems = chosenEcosystems(options.ecosystem, folder);
  // From here on: two that fetch at once would write into the same files.
  using store = holdStore(folder);
  const inUse = readFeedsInUse(folder);
  const wanted = [
    ...ecosystems.map((name) => wantedFeed({ name, kind: 'advisories' }, exportAddress(name, mirror), inUse, folder)),
    wantedFeed({ name: 'exploited', kind: 'exploited' }, exploitedAddress(mirror), inUse, folder),
    wantedFeed({ name: 'epss', kind: 'epss' }, probabilitiesAddress(mirror), inUse, folder),
  ];
  const outcomes = await fetchAll(wanted, options, language);
  const unfetched = failedOf(outcomes);
  process.stderr.write(describeFailed(unfetched, language));
  if (unfetched.length === wanted.length) throw nothingFetched();
  const { imported, current, problems, older } = await takeOver(store, outcomes, { folder, options, language });
  process.stderr.write(describeFailed(older, language));
  const failed = [...unfetched, ...older];
  const rest: NotImported = {
    unchanged: current.map(({ name, kind }) => ({ name, kind })),
    failed: failed.map(({ feed: { name, kind, url }, failure }) => ({
      name,
      kind,
      origin: url.href,
      reason: failure.text,
    })),
  };
  await writeDocument(renderImported(imported, problems, options.format, language, rest), options.output);
  return failed.length > 0 || problems.length > 0 ? 2 : 0;
}

function wantedFeed(
  feed: Pick<FeedStatus, 'name' | 'kind'>,
  { path, url, ...address }: FeedAddress,
  inUse: readonly FeedStatus[],
  folder: string,
): WantedFeed {
  const digest = inUse.find((each) => each.kind === feed.kind && feedKey(each.name) === feedKey(feed.name))?.digest;
  return {
    ...feed,
    ...address,
    path,
    url,
    file: join(folder, 'downloads', ...path),
    ...(digest === undefined ? {} : { inUse: digest }),
    verify: (file) => faultOfFeed({ path, file, origin: url.href }),
  };
}

async function fetchAll(
  wanted: readonly WantedFeed[],
  { quiet = false, ca }: UpdateOptions,
  language: Language,
): Promise<DownloadOutcome<WantedFeed>[]> {
  let name = '';
  const progress = startProgress(quiet, () => `${fetching[language]} ${name}`, 'MB');
  try {
    return await downloadAll(wanted, {
      environment: process.env,
      ...(ca === undefined ? {} : { authorityFile: ca }),
      patience: usualPatience,
      clock: systemClock,
      onProgress: (feed, bytes, size) => {
        name = feedName(feed, language);
        progress.update(megabytes(bytes), size === undefined ? undefined : megabytes(size));
      },
    });
  } finally {
    progress.end();
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1e6);
}

interface TakenOver {
  readonly imported: readonly ImportedFeed[];
  readonly current: readonly (CurrentFeed & Pick<FeedStatus, 'kind'>)[];
  readonly problems: ReturnType<typeof readDownloadedFeeds>['problems'];
  /** What the server has is older than what is in use, which stays. */
  readonly older: readonly FailedFeed[];
}

/** Imports what is not in use yet, and notes that the rest is as fresh as can be. */
async function takeOver(
  store: HeldStore,
  outcomes: readonly DownloadOutcome<WantedFeed>[],
  {
    folder,
    options,
    language,
  }: { readonly folder: string; readonly options: UpdateOptions; readonly language: Language },
): Promise<TakenOver> {
  const fetched = outcomes.flatMap((each) => ('result' in each ? [each] : []));
  const current = fetched.flatMap(({ wanted: { name, kind, url, inUse }, result: { digest } }) =>
    digest === inUse ? [{ name, kind, origin: url.href, digest }] : [],
  );
  const newer = fetched.flatMap(({ wanted, result }): DownloadedFeed[] =>
    result.digest === wanted.inUse ? [] : [{ path: wanted.path, file: wanted.file, origin: wanted.url.href }],
  );
  const progress = startProgress(options.quiet ?? false, readingFeeds[language]);
  const { parts, problems, close } = readDownloadedFeeds(newer, join(folder, 'downloads'));
  try {
    const write = (some: readonly FeedPart[]) =>
      store.replace((copy) =>
        writeFeeds(copy, {
          folder,
          parts: some,
          current,
          allowOlder: options.allowOlder ?? false,
          onProgress: (done) => progress.update(done),
        }),
      );
    try {
      return { imported: await write(parts), current, problems, older: [] };
    } catch (error) {
      if (!(error instanceof OlderFeedsError)) throw error;
      // A mirror may lag behind with one of them: the others are taken all the same.
      const isOlder = ({ name, kind }: FeedOfKind) =>
        error.feeds.some((each) => each.kind === kind && feedKey(each.name) === feedKey(name));
      const older = fetched.flatMap(({ wanted }) => (isOlder(wanted) ? [{ feed: wanted, failure: error.alone }] : []));
      const rest = parts.filter((part) => !isOlder({ kind: part.kind, name: 'name' in part ? part.name : part.kind }));
      return { imported: await write(rest), current, problems, older };
    }
  } finally {
    progress.end();
    close();
  }
}

type FeedOfKind = Pick<FeedStatus, 'name' | 'kind'>;

interface FailedFeed {
  readonly feed: WantedFeed;
  readonly failure: PlimsollError;
}

function failedOf(outcomes: readonly DownloadOutcome<WantedFeed>[]): FailedFeed[] {
  return outcomes.flatMap((each) => ('failure' in each ? [{ feed: each.wanted, failure: each.failure }] : []));
}

/** Each failure once: a host that is not there fails for many feeds. */
function describeFailed(failed: readonly FailedFeed[], language: Language): string {
  const groups = Map.groupBy(failed, ({ failure }) => failure.text.en);
  return Array.from(groups.values(), ([first, ...others]) => {
    if (!first) return '';
    const names = (joint: string, spoken: Language) =>
      [first, ...others].map(({ feed }) => feedName(feed, spoken)).join(joint);
    const { code, text, advice } = first.failure;
    const named = { en: `${names(', ', 'en')}: ${text.en}`, zh: `${names('、', 'zh')}：${text.zh}` };
    return describeFailure(new PlimsollError(code, named, advice), language);
  }).join('');
}

function nothingFetched(): PlimsollError {
  return new PlimsollError(
    'feeds-unreachable',
    { en: 'no feed could be fetched', zh: '未能获取任何数据源' },
    {
      en: 'What was there before is still in use. Where there is no network: plimsoll feeds import FOLDER',
      zh: '原有数据仍在使用。无网络时可使用：plimsoll feeds import FOLDER',
    },
  );
}
