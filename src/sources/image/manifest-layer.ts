import { type FactSource, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { Text } from '../../model/text.ts';
import type { Descriptor } from './blob-store.ts';

const layerTypes =
  /^application\/vnd\.(?:oci\.image\.layer\.(?:nondistributable\.)?v1\.tar|docker\.image\.rootfs\.(?:foreign\.)?diff\.tar)(?:[.+](?:gzip|zstd|bzip2|xz))?$/;

/** Whether it may be kept elsewhere: registries need not have it. */
export function isForeign({ mediaType }: Descriptor): boolean {
  return mediaType.includes('.foreign.') || mediaType.includes('.nondistributable.');
}

/**
 * Why a layer is not read, by what the manifest says of it; `undefined` where it is. How it is compressed is seen when it is read.
 *
 * @param isThere whether the place that has the image has the layer; `undefined` where that is not known
 */
export function whyUnread(
  layer: Descriptor,
  isThere: boolean | undefined,
  source: FactSource,
): UnreadableFact | undefined {
  const { mediaType, digest, urls } = layer;
  const because = (reason: Text, need: Text) => unreadable(source, digest, reason, need);
  if (mediaType.endsWith('+encrypted')) {
    return because(
      { en: 'the layer is encrypted', zh: '该层已加密' },
      { en: 'the decrypted image', zh: '解密后的镜像' },
    );
  }
  if (isForeign(layer) && (isThere === false || (isThere === undefined && urls.length > 0))) {
    return because(
      { en: 'the layer is a foreign one, which is kept elsewhere', zh: '该层为外部层（foreign layer），存放在别处' },
      { en: 'an image that holds all of its layers', zh: '包含全部层的镜像' },
    );
  }
  if (isThere === false) {
    return because(
      { en: 'the layer is missing', zh: '缺少该层' },
      { en: 'an image that holds all of its layers', zh: '包含全部层的镜像' },
    );
  }
  if (mediaType === '' || layerTypes.test(mediaType)) return undefined;
  return because(
    { en: `the layer is of a kind that is not read: ${mediaType}`, zh: `该层的类型无法读取：${mediaType}` },
    { en: 'layers that are archives of files', zh: '以文件归档构成的层' },
  );
}
