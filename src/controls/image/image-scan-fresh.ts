import { defineControl } from '../../model/control.ts';
import { known } from '../../model/fact.ts';
import type { ImageScan } from '../../model/image-scan.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { quotedWord } from '../quoted-word.ts';

const dayMilliseconds = 86_400_000;

export const imageScanFresh = defineControl({
  id: 'image-scan-fresh',
  subject: 'image',
  severity: 'medium',
  title: {
    en: 'Images in use were held against fresh advisories not long ago',
    zh: '在用镜像近期已与最新漏洞公告比对',
  },
  why: {
    en: 'What a scan found nothing wrong with becomes vulnerable by itself: new flaws of the same packages are published every day.',
    zh: '扫描时没有问题的镜像会自行变得有漏洞：同样的软件包每天都有新漏洞公开。',
  },
  how: {
    en: 'Asked of images that containers were made from. Plimsoll remembers when it looked into each, and when it last held its packages against advisories: a scan does so, and so does feeds changes after an update, without opening the image. That, and when the advisories were read and the newest of them changed, must not be longer ago than the limit. An image that was never scanned here is unknown.',
    zh: '对已创建容器的镜像：Plimsoll 记录每个镜像的扫描时间，以及其软件包最近一次与公告比对的时间；扫描时会比对，更新公告后运行 feeds changes 也会比对，且无需打开镜像。比对时间、公告的读取时间和其中最新一条的变更时间距今均不得超过上限。从未在本机扫描过的镜像为未知。',
  },
  references: { cisDocker: ['4.4'], nist800190: ['4.1.1'] },
  parameters: {
    days: {
      default: 7,
      description: {
        en: 'Days after which a comparison, or the advisories, are too old.',
        zh: '超过多少天的比对或公告视为过旧。',
      },
    },
  },
  counterexample: { scanned: scannedOn(Date.UTC(2026, 4, 1)) },
  appliesTo: ({ usedBy }) => usedBy.length > 0,

  judge({ scanned }, { now, parameters: { days } }) {
    if (scanned?.known === false) return unknownFrom(scanned);
    const scan = scanned?.value;
    if (!scanned || !scan) return unknown(neverScanned, scanIt);
    const { matched, newest, read } = scan;
    const evidence = { source: scanned.source, path: scanned.path, value: dated(scan) };
    if (matched === null || newest === null || read === null) return unknown(withoutAdvisories, readSome, evidence);
    const ageOf = (moment: number) => Math.floor((now.getTime() - moment) / dayMilliseconds);
    if (ageOf(matched) > days) return fail(tooLongAgo(ageOf(matched)), evidence, 'scanned');
    const dataAge = ageOf(Math.min(newest, read));
    if (dataAge > days) return fail(oldAdvisories(dataAge), evidence, 'scanned');
    return pass(recently(Math.max(ageOf(matched), 0)), evidence);
  },

  remedy(image) {
    const [name = image.id] = image.tags;
    return byHand(
      {
        en: 'Update the advisories and hold the remembered images against them, by a timer, every day; the image is not opened again for that.',
        zh: '用定时器每天更新公告，并将已记录的镜像与之比对；无需再次打开镜像。',
      },
      ['plimsoll feeds changes', `plimsoll scan ${quotedWord(name)}`],
    );
  },
});

const neverScanned: Text = { en: 'It was never scanned on this machine.', zh: '该镜像从未在本机扫描过。' };
const scanIt: Text = { en: 'plimsoll scan of the image, by the same user', zh: '由同一用户对该镜像运行 plimsoll scan' };
const withoutAdvisories: Text = {
  en: 'It was scanned, but there were no advisories for its packages.',
  zh: '已扫描，但没有适用于其软件包的漏洞公告。',
};
const readSome: Text = {
  en: 'advisories of its ecosystems, and then plimsoll feeds changes',
  zh: '导入其生态系统的公告，然后运行 plimsoll feeds changes',
};

function tooLongAgo(days: number): Text {
  return {
    en: `It was last held against advisories ${days} days ago.`,
    zh: `上次与公告比对是 ${days} 天前。`,
  };
}

function oldAdvisories(days: number): Text {
  return {
    en: `The advisories that it was held against are ${days} days old.`,
    zh: `用于比对的公告已有 ${days} 天未更新。`,
  };
}

function recently(days: number): Text {
  return {
    en: `It was held against fresh advisories ${days === 0 ? 'today' : days === 1 ? 'a day ago' : `${days} days ago`}.`,
    zh: days === 0 ? '今天已与最新公告比对。' : `${days} 天前已与最新公告比对。`,
  };
}

function dated({ scanned, matched, newest, read }: ImageScan) {
  const dates = { scanned, matched, newest, read };
  return Object.fromEntries(
    Object.entries(dates).map(([name, moment]) => [name, moment === null ? null : new Date(moment).toISOString()]),
  );
}

/** A scan of that day, with the advisories of that day. */
function scannedOn(day: number) {
  return known({ scanned: day, matched: day, newest: day, read: day }, 'file', 'images.sqlite');
}
