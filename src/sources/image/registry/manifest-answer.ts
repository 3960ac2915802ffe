import type { Text } from '../../../model/text.ts';
import { RequestFailure } from '../../http/failure.ts';
import { isPage } from '../../http/answer-chance.ts';
import { digestOf, isDigest } from '../blob-digest.ts';
import { largestManifest } from '../manifest.ts';
import type { EndpointClient } from './endpoint-client.ts';
import { oddAnswer } from './failure.ts';
import { pageAnswer } from './refusal.ts';
import { readWhole } from './read-whole.ts';

/** A manifest or an index, as its bytes are. */
export interface FetchedManifest {
  readonly bytes: Buffer;
  /** As the registry says, without parameters; '' where it says nothing of use. */
  readonly mediaType: string;
  /** Of these very bytes: the digest that was asked for, or else `sha256:…`. */
  readonly digest: string;
}

const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Fetches a manifest or an index by its tag or digest. What comes must have the digest that was asked for, and the one that the
 * registry itself names.
 *
 * @throws RequestFailure
 */
export async function fetchManifest({ get }: EndpointClient, reference: string): Promise<FetchedManifest> {
  const answer = await get(`manifests/${reference}`, { Accept: accepted });
  const { host } = answer.url;
  const mediaType = (answer.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  // The digest of one of the first schema is not that of its bytes.
  const isFirstSchema = mediaType.startsWith('application/vnd.docker.distribution.manifest.v1+');
  if (isFirstSchema || isPage(mediaType)) {
    answer.discard();
    throw isFirstSchema ? firstSchema(host) : pageAnswer(host, answer.status);
  }
  const bytes = await readWhole(answer, largestManifest);
  const named = answer.headers['docker-content-digest'];
  for (const expected of [reference, typeof named === 'string' ? named : '']) {
    if (isDigest(expected) && digestOf(bytes, expected) !== expected) {
      throw oddAnswer(host, wrongDigest, {
        en: 'Do not use this image from there: a registry, a mirror or a proxy on the way changed it.',
        zh: '请勿使用来自该处的镜像：镜像仓库、加速地址或中间代理更改了其内容。',
      });
    }
  }
  return {
    bytes,
    mediaType: mediaType.startsWith('application/vnd.') ? mediaType : '',
    digest: isDigest(reference) ? reference : digestOf(bytes),
  };
}

const wrongDigest: Text = {
  en: 'a manifest that does not have the digest that it should have',
  zh: '与应有摘要不符的清单',
};

function firstSchema(host: string): RequestFailure {
  return new RequestFailure(
    'registry-answer',
    {
      en: `${host} has this image only in the first format of Docker's manifests, which no engine reads any more`,
      zh: `${host} 上的该镜像仅有 Docker 第一版清单格式，现有引擎均已不再支持`,
    },
    {
      en: 'Build it anew, or pull it with an old engine and push it with a current one.',
      zh: '请重新构建，或用旧版引擎拉取后再用新版引擎推送。',
    },
  );
}
