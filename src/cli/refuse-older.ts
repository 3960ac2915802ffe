import { type FeedAge, type SetBack, setBacks } from '../feeds/going-back.ts';
import { PlimsollError } from '../model/error.ts';
import type { Language, Text } from '../model/text.ts';
import { feedName } from '../report/feeds.ts';
import { timeText } from '../report/words.ts';

/** So many feeds are named in an error. */
const shown = 5;

/** What was read is older than what is in use. */
export class OlderFeedsError extends PlimsollError {
  readonly feeds: readonly SetBack[];

  constructor(feeds: readonly SetBack[]) {
    super(
      'feeds-older',
      {
        en: `this is older than what is in use: ${listText(feeds, 'en')}`,
        zh: `所给数据比正在使用的更旧：${listText(feeds, 'zh')}`,
      },
      {
        en: 'Nothing was changed. If you want the older data in its place: --allow-older',
        zh: '未作任何更改。如确需以旧数据取代，请加上 --allow-older。',
      },
    );
    this.feeds = feeds;
  }

  /** The same where the rest is imported without these. */
  get alone(): PlimsollError {
    return new PlimsollError(this.code, this.text, keptAsItWas);
  }
}

const keptAsItWas: Text = {
  en: 'What was there before is still in use. See whether the server is up to date; if you want its older data: --allow-older',
  zh: '原有数据仍在使用。请检查服务器是否为最新；如确需使用其旧数据，请加上 --allow-older。',
};

/**
 * What is imported may not be older than what is in use, feed by feed.
 *
 * @throws OlderFeedsError that names the feeds, and how old they are
 */
export function refuseOlder(before: readonly FeedAge[], after: readonly FeedAge[]): void {
  const found = setBacks(before, after);
  if (found.length > 0) throw new OlderFeedsError(found);
}

function listText(found: readonly SetBack[], language: Language): string {
  const named = found.slice(0, shown).map((each) => setBackText(each)[language]);
  const more = found.length - named.length;
  const zh = language === 'zh';
  return [...named, ...(more > 0 ? [zh ? `以及另外 ${more} 个` : `and ${more} more`] : [])].join(zh ? '；' : '; ');
}

function setBackText(feed: SetBack): Text {
  const { by, before, after = 0 } = feed;
  const name = { en: feedName(feed, 'en'), zh: feedName(feed, 'zh') };
  if (by === 'missing') return { en: `${name.en} is not in it`, zh: `${name.zh}：其中没有` };
  const [now, then] = [after, before].map((seconds) => timeText(new Date(seconds * 1000).toISOString()));
  return by === 'newest'
    ? {
        en: `${name.en}: its newest record is of ${now}, the one in use of ${then}`,
        zh: `${name.zh}：最新记录为 ${now}，而正在使用的为 ${then}`,
      }
    : {
        en: `${name.en}: it was read at ${now}, what is in use at ${then}`,
        zh: `${name.zh}：读取于 ${now}，而正在使用的读取于 ${then}`,
      };
}
