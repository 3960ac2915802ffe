import { PlimsollError } from '../../model/error.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { readCsaf } from './read-csaf.ts';
import { readCycloneDxVex } from './read-cyclonedx-vex.ts';
import { readOpenVex } from './read-open-vex.ts';
import { longestVex, type VexProduct, type VexReading } from './statement.ts';
import { canonicalPurl, digestOf, isImagePurl } from './vex-fields.ts';

/**
 * Reads what somebody says of vulnerabilities in products: OpenVEX, CycloneDX or CSAF, each as JSON, also as what an in-toto
 * attestation states. Single statements that cannot be read are gaps.
 *
 * @param file what the user calls it
 * @throws PlimsollError `file-unreadable` for what is no VEX at all
 */
export function readVex(text: string, file: string): VexReading {
  if (text.length > longestVex) {
    const megabytes = Math.round(text.length / 1024 ** 2);
    throw refusal(file, {
      en: `it has ${megabytes} MB, and at most ${longestVex / 1024 ** 2} MB are read`,
      zh: `大小为 ${megabytes} MB，最多读取 ${longestVex / 1024 ** 2} MB`,
    });
  }
  let document: JsonValue;
  try {
    document = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as JsonValue;
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message.slice(0, 200) : '';
    throw refusal(file, { en: `it is no valid JSON: ${why}`, zh: `不是有效的 JSON：${why}` });
  }
  if (!isObject(document)) throw refusal(file, { en: 'it is no JSON object', zh: '不是 JSON 对象' });
  const stated = textIn(document, 'predicateType') === undefined ? undefined : document['predicate'];
  return isObject(stated) ? readDocument(stated, file, subjectsOf(document)) : readDocument(document, file);
}

function readDocument(document: JsonObject, file: string, subjects: readonly VexProduct[] = []): VexReading {
  if (contextsIn(document).some((context) => context.startsWith('https://openvex.dev/ns'))) {
    return readOpenVex(withList(document, 'statements', 'OpenVEX', file), file, subjects);
  }
  if (textIn(document, 'bomFormat') === 'CycloneDX') {
    return readCycloneDxVex(withList(document, 'vulnerabilities', 'CycloneDX', file), file);
  }
  if (textIn(objectIn(document, 'document'), 'csaf_version') !== undefined) {
    return readCsaf(withList(document, 'vulnerabilities', 'CSAF', file), file);
  }
  throw refusal(file, {
    en: 'it has neither `@context` of OpenVEX, nor `bomFormat` of CycloneDX, nor `document.csaf_version` of CSAF',
    zh: '其中没有 OpenVEX 的 `@context`、CycloneDX 的 `bomFormat` 或 CSAF 的 `document.csaf_version`',
  });
}

function contextsIn(document: JsonObject): readonly string[] {
  const context = document['@context'];
  if (typeof context === 'string') return [context];
  return listIn(document, '@context').filter((each) => typeof each === 'string');
}

/** The document, if it has the list that its statements stand in. */
function withList(document: JsonObject, key: string, format: string, file: string): JsonObject {
  if (Array.isArray(document[key])) return document;
  throw refusal(file, {
    en: `it is ${format}, but \`${key}\` is no list`,
    zh: `它是 ${format} 文档，但 \`${key}\` 不是列表`,
  });
}

/** What an attestation is about: images by their digests, or packages by purls. */
function subjectsOf(attestation: JsonObject): readonly VexProduct[] {
  return listIn(attestation, 'subject').flatMap((subject): readonly VexProduct[] => {
    const purl = canonicalPurl(textIn(subject, 'name'));
    const digest = digestOf('sha256', textIn(objectIn(subject, 'digest'), 'sha256'));
    if (purl === undefined) return digest === undefined ? [] : [{ digest, subcomponents: [] }];
    return [{ purl, ...(digest !== undefined && isImagePurl(purl) ? { digest } : {}), subcomponents: [] }];
  });
}

function refusal(file: string, why: Text): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${file} cannot be read as VEX: ${why.en}`, zh: `无法将 ${file} 读作 VEX 文档：${why.zh}` },
    {
      en: 'OpenVEX, CycloneDX with `vulnerabilities`, and CSAF are read, each as JSON.',
      zh: '可读取 JSON 格式的 OpenVEX、带有 `vulnerabilities` 的 CycloneDX 以及 CSAF。',
    },
  );
}
