import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { uncoveredReasons } from '../advisories/uncovered.ts';
import { storeFile } from '../feeds/store-file.ts';
import { PlimsollError } from '../model/error.ts';
import type { Language, Text } from '../model/text.ts';
import { type ChangesReport, changeSetsOf, renderChangesJson, webhookBody } from '../report/changes.ts';
import { renderChanges } from '../report/changes-table.ts';
import { findChanges } from '../scan/find-changes.ts';
import { systemClock } from '../sources/http/patience.ts';
import { parseWebhookAddress, type WebhookAddress } from '../sources/webhook/address.ts';
import { deliver, webhookPatience } from '../sources/webhook/deliver.ts';
import { openPoster, type Poster } from '../sources/webhook/post.ts';
import { readWebhookKeys, type WebhookKeys } from '../sources/webhook/signature.ts';
import { alone } from '../store/alone.ts';
import { messagesSince } from '../store/change-log.ts';
import { openImages, troubleWith } from '../store/image-database.ts';
import { hasImages, imageFile } from '../store/image-file.ts';
import { openOutbox, type Outbox } from '../store/outbox.ts';
import { type EngineOptions, engineAddress } from './engine-address.ts';
import { describeNotices } from './failure.ts';
import type { FeedsOptions } from './feeds.ts';
import { noStoreIn } from './no-store.ts';
import { colorWanted, terminalWidth } from './options.ts';
import { dataFolder } from './user-folders.ts';
import { requirePlace, writeDocument } from './write.ts';

export interface ChangesOptions extends FeedsOptions, EngineOptions {
  readonly notify?: string;
  readonly notifyKey?: string;
  /** A date. */
  readonly since?: string;
}

/** Whom to tell, and by which keys he knows who tells him. */
interface Receiver {
  readonly address: WebhookAddress;
  readonly keys: WebhookKeys;
}

/** `plimsoll feeds changes`: what became of the images that were scanned, now that the advisories are others. */
export async function feedsChanges(options: ChangesOptions, localeLanguage: Language): Promise<0> {
  const language = options.lang ?? localeLanguage;
  // Whatever is wrong with the command is said before anything is noted as told.
  const receiver = receiverOf(options);
  const since = options.since === undefined ? undefined : readDate(options.since);
  requirePlace(options.output);
  const folder = dataFolder(options);
  if (!hasImages(folder)) {
    await write({ data: null, remembered: 0, compared: 0, sets: [] }, options, language);
    return 0;
  }
  if (!existsSync(storeFile(folder))) throw noStoreIn(folder);
  using _ = alone(folder);
  const database = openImages(folder);
  let report: ChangesReport;
  try {
    report = await changesIn(database, folder, { ...options, language, receiver, since });
  } catch (error) {
    // A fault of our own is not one of the file.
    throw error instanceof TypeError ? error : troubleWith(imageFile(folder), error);
  } finally {
    database.close();
  }
  try {
    await write(report, options, language);
  } catch (error) {
    throw error instanceof PlimsollError ? unwritten(error, report) : error;
  }
  const { notified } = report;
  if (notified?.trouble !== undefined) throw undelivered(notified, notified.trouble);
  return 0;
}

interface Setting extends Omit<ChangesOptions, 'since'> {
  readonly language: Language;
  readonly receiver: Receiver | undefined;
  readonly since: number | undefined;
}

async function changesIn(database: DatabaseSync, folder: string, setting: Setting): Promise<ChangesReport> {
  const { language, receiver, since, quiet = false, timeout } = setting;
  const now = Date.now();
  // A proxy that cannot be used is said before anything is noted as told.
  using poster = receiver && openPoster(receiver.address, { environment: process.env, timeout: webhookPatience.idle });
  // A receiver that is new is told of what is found now, so it is noted before.
  const outbox = receiver && openOutbox(database, receiver.address.url.href, since);
  const found = await findChanges(database, {
    dataFolder: folder,
    engine: () => engineAddress(setting),
    ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
    now,
  });
  const notices = [...(found.containers ? [containersUnknown(found.containers)] : []), ...droppedNotice(found.dropped)];
  if (!quiet && notices.length > 0) process.stderr.write(describeNotices(notices, language));
  const messages = Array.from(messagesSince(database, Math.min(since ?? now, now)), ({ message }) => message);
  const { data, remembered, compared, containers } = found;
  return {
    data,
    remembered,
    compared,
    ...(containers ? { containers } : {}),
    sets: changeSetsOf(messages),
    ...(receiver && poster && outbox ? { notified: await notify(receiver, poster, outbox) } : {}),
  };
}

async function notify(
  { address, keys }: Receiver,
  { post }: Poster,
  outbox: Outbox,
): Promise<ChangesReport['notified'] & object> {
  const mail = {
    next(after: number) {
      const logged = outbox.next(after);
      return logged && { number: logged.number, id: logged.id, body: webhookBody(logged.message) };
    },
    delivered: (number: number) => outbox.delivered(number, Date.now()),
  };
  const delivery = await deliver(mail, { post, keys, clock: systemClock, patience: webhookPatience });
  return { to: address.shown, ...delivery, waiting: outbox.count() };
}

function write(report: ChangesReport, options: ChangesOptions, language: Language): Promise<void> {
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  const text =
    options.format === 'json'
      ? renderChangesJson(report, language)
      : renderChanges(report, { language, terminal, reasons: uncoveredReasons });
  return writeDocument(text, options.output);
}

function receiverOf({ notify: url, notifyKey }: ChangesOptions): Receiver | undefined {
  if (url === undefined && notifyKey === undefined) return undefined;
  if (url === undefined) throw new PlimsollError('usage', keyAlone);
  if (notifyKey === undefined) throw new PlimsollError('usage', keyMissing, keyAdvice);
  return { address: parseWebhookAddress(url), keys: readWebhookKeys(notifyKey) };
}

/** Milliseconds since 1970 of a day, or a time, of UTC where it says no other. */
function readDate(text: string): number {
  const isDate = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const date = isDate
    ? Date.parse(/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`)
    : NaN;
  if (!Number.isNaN(date)) return date;
  throw new PlimsollError('usage', {
    en: `--since ${text}: this is no date such as 2026-11-22`,
    zh: `--since ${text}：不是形如 2026-11-22 的日期`,
  });
}

const keyAlone: Text = { en: '--notify-key needs --notify', zh: '--notify-key 需与 --notify 一起使用' };
const keyMissing: Text = { en: '--notify needs --notify-key', zh: '--notify 需与 --notify-key 一起使用' };
const keyAdvice: Text = {
  en: 'Name a file with the key that signs what is sent, so that its receiver knows who sent it.',
  zh: '请指定存放签名密钥的文件，以便接收方验证来源。',
};

function containersUnknown(why: Text): Text {
  return {
    en: `which containers run the images is not known: ${why.en}`,
    zh: `无法得知哪些容器在运行这些镜像：${why.zh}`,
  };
}

function droppedNotice(dropped: number): Text[] {
  if (dropped === 0) return [];
  return [
    {
      en: `${dropped} messages are too old to be kept, and were never delivered`,
      zh: `${dropped} 条消息因过旧被删除，始终未能送达`,
    },
  ];
}

/** Changes that are noted as told must be found again by whoever did not see them. */
function unwritten(error: PlimsollError, { sets }: ChangesReport): PlimsollError {
  const found = sets.at(-1)?.found;
  if (found === undefined) return error;
  return new PlimsollError(error.code, error.text, {
    en: `The changes are kept. To see them: plimsoll feeds changes --since ${found}`,
    zh: `变化已保留。可这样查看：plimsoll feeds changes --since ${found}`,
  });
}

function undelivered({ to, waiting }: ChangesReport['notified'] & object, trouble: string): PlimsollError {
  return new PlimsollError(
    'webhook-undelivered',
    {
      en: `${waiting} ${waiting === 1 ? 'message' : 'messages'} could not be delivered to ${to}: ${trouble}`,
      zh: `${waiting} 条消息未能送达 ${to}：${trouble}`,
    },
    {
      en: 'They are kept, and sent first the next time. See whether the receiver is there and knows the key.',
      zh: '消息已保留，下次将优先发送。请检查接收方是否可用、密钥是否一致。',
    },
  );
}
