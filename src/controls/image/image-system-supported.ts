import { defineControl } from '../../model/control.ts';
import { type DistributionLife, lifeOf } from '../../model/distribution-life.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import { evidenceOf, known } from '../../model/fact.ts';
import type { ImageFacts } from '../../model/image.ts';
import { isSystemPackage } from '../../model/package.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { notOpened, unseenPart } from './inside.ts';

export const imageSystemSupported = defineControl({
  id: 'image-system-supported',
  subject: 'image',
  severity: {
    usual: 'high',
    note: { en: 'Medium while others still make fixes, or sell them.', zh: '仍有第三方或付费修复时为中。' },
    of: (image, { now }) => (lifeIn(image, now)?.state === 'extended' ? 'medium' : 'high'),
  },
  looksAt: 'contents',
  title: { en: 'The distribution in the image still gets fixes', zh: '镜像中的发行版仍在获得修复' },
  why: {
    en: 'After its end nobody mends the packages of a release. Scanners fall silent too: advisories are no longer written for it, so that a list without flaws means nothing.',
    zh: '发行版停止支持后，其软件包不再有人修复。扫描器也会沉默：不再发布针对它的公告，没有漏洞的清单毫无意义。',
  },
  how: {
    en: 'Reads which release it is from the image itself, and looks it up in a list of the last days of support. Releases that only get extended fixes, by contract or by others than before, fail as well unless that is accepted.',
    zh: '从镜像自身读取发行版版本，并在支持终止日期列表中查找。仅剩扩展支持（需合同或由他方提供）的版本同样判为未通过，除非参数允许。',
  },
  references: { cisDocker: ['4.4'], nist800190: ['4.1.1'], links: ['https://endoflife.date/'] },
  parameters: {
    extendedIsEnough: {
      default: false,
      description: {
        en: 'Whether extended support counts: there is a contract, or volunteers are trusted.',
        zh: '扩展支持是否算数：已签合同，或信任志愿者维护。',
      },
    },
  },
  counterexample: {
    contents: {
      ...exemplarContents,
      distribution: known(
        { id: 'debian', version: '9', name: 'Debian GNU/Linux 9 (stretch)', codename: 'stretch', idLike: [] },
        'file',
        '/etc/os-release',
      ),
    },
  },

  judge({ contents }, { now, parameters: { extendedIsEnough } }) {
    if (!contents) return notOpened();
    const { distribution, packages } = contents;
    if (!distribution.known) {
      const unseen = unseenPart(contents, ['/etc/os-release', '/usr/lib/os-release']);
      if (unseen) return unknownFrom(unseen);
      if (packages.some(isSystemPackage)) return unknownFrom(distribution);
      return notApplicable({ en: 'It holds no distribution.', zh: '其中没有发行版。' });
    }
    const { name, id, version } = distribution.value;
    const called = name || `${id} ${version}`;
    const { state, ends = '', extendedEnds = '' } = lifeOf(distribution.value, now);
    const evidence = evidenceOf(
      distribution,
      [id, version, ends, extendedEnds].filter((each) => each !== '').join(' '),
    );
    if (state === 'ended') {
      return fail(
        {
          en: `${called} has had no fixes since ${extendedEnds || ends}.`,
          zh: `${called} 自 ${extendedEnds || ends} 起不再获得修复。`,
        },
        evidence,
        'contents.distribution',
      );
    }
    if (state === 'extended' && !extendedIsEnough) {
      return fail(
        {
          en: `${called} has only had extended support since ${ends}, until ${extendedEnds}.`,
          zh: `${called} 自 ${ends} 起仅有扩展支持，至 ${extendedEnds} 止。`,
        },
        evidence,
        'contents.distribution',
      );
    }
    if (state === 'unknown') {
      return unknown(
        { en: `It is not known how long ${called} gets fixes.`, zh: `不清楚 ${called} 的支持期限。` },
        { en: 'a release that the list has, or a newer plimsoll', zh: '列表中的发行版，或更新版本的 plimsoll' },
        evidence,
      );
    }
    return pass(
      state === 'rolling'
        ? { en: `${called} has no releases that could end.`, zh: `${called} 为滚动发布，没有终止日期。` }
        : { en: `${called} gets fixes.`, zh: `${called} 仍在获得修复。` },
      evidence,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Build the image on a release that is supported, and try the service on it.',
        zh: '改用仍受支持的版本构建镜像，并在其上测试服务。',
      },
      ['FROM debian:13-slim'],
      'rebuild',
    );
  },
});

function lifeIn({ contents }: ImageFacts, now: Date): DistributionLife | undefined {
  return contents?.distribution.known ? lifeOf(contents.distribution.value, now) : undefined;
}
