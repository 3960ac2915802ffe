import { PlimsollError } from '../../model/error.ts';
import { isObject, type JsonObject, type JsonValue, objectIn, textIn } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { type BillReading, longestBill } from './bill-reading.ts';
import { readCycloneDx } from './cyclonedx.ts';
import { readPurlList } from './purl-list.ts';
import { readSpdx3 } from './spdx-3.ts';
import { readSpdx } from './spdx.ts';
import { spdxOfTagValue } from './spdx-tag-value.ts';
import { readSyft } from './syft.ts';

/**
 * Reads a bill of materials, whatever its format and whoever wrote it: CycloneDX (JSON), SPDX (JSON of 2 and 3, and its text form), Syft's
 * JSON, or a list of purls. What is not understood in it is a gap.
 *
 * @param name what the user calls the file; stands for paths that the bill does not tell
 * @throws PlimsollError `file-unreadable` for what is no bill at all, or one in another form
 */
export function readBill(text: string, name: string): BillReading {
  if (text.length > longestBill) {
    const megabytes = Math.round(text.length / 1024 ** 2);
    throw refusal(name, {
      en: `it has ${megabytes} MB, and at most ${longestBill / 1024 ** 2} MB are read`,
      zh: `大小为 ${megabytes} MB，最多读取 ${longestBill / 1024 ** 2} MB`,
    });
  }
  const start = /[^\s\uFEFF]/.exec(text.slice(0, 65_536))?.index ?? 0;
  if (text[start] === '{') return readJson(text.slice(start), name);
  if (text[start] === '<') throw otherForm(name, 'XML');
  const lines = text.slice(start, start + 65_536);
  if (/^SPDXVersion:/m.test(lines)) return readSpdx(spdxOfTagValue(text.slice(start)), name);
  if (/^pkg:/m.test(lines)) return readPurlList(text.slice(start), name);
  throw unknownForm(name);
}

function readJson(text: string, name: string): BillReading {
  let document: JsonValue;
  try {
    document = JSON.parse(text) as JsonValue;
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message.slice(0, 200) : '';
    throw refusal(name, { en: `it is no valid JSON: ${why}`, zh: `不是有效的 JSON：${why}` });
  }
  const reading = isObject(document) ? readDocument(document, name) : undefined;
  if (!reading) throw unknownForm(name);
  return reading;
}

/** Attestations carry the bill as their `predicate`, GitHub's answers as `sbom`. */
function readDocument(document: JsonObject, name: string, depth = 0): BillReading | undefined {
  if (textIn(document, 'bomFormat') === 'CycloneDX') return readCycloneDx(withList(document, 'components', name), name);
  if (textIn(document, 'spdxVersion') !== undefined) return readSpdx(withList(document, 'packages', name), name);
  if (Array.isArray(document['@graph'])) return readSpdx3(document, name);
  if (Array.isArray(document['artifacts']) && isSyfts(document)) return readSyft(document, name);
  const inner = depth === 0 ? (['predicate', 'sbom'] as const).find((key) => isObject(document[key])) : undefined;
  return inner === undefined ? undefined : readDocument(objectIn(document, inner), name, depth + 1);
}

/** A bill without its list has nothing in it; one whose list is something else is broken. */
function withList(document: JsonObject, key: string, name: string): JsonObject {
  const list = document[key] ?? [];
  if (!Array.isArray(list)) {
    throw refusal(name, { en: `its \`${key}\` is no list`, zh: `其中的 \`${key}\` 不是列表` });
  }
  return document;
}

function isSyfts(document: JsonObject): boolean {
  const tool = textIn(objectIn(document, 'descriptor'), 'name');
  return tool === 'syft' || /\bsyft\b/.test(textIn(objectIn(document, 'schema'), 'url') ?? '');
}

function refusal(name: string, why: Text): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${name} cannot be read as a bill of materials: ${why.en}`, zh: `无法将 ${name} 读作物料清单：${why.zh}` },
    {
      en: 'Write it again with the tool that made it, or scan the image itself.',
      zh: '请用生成它的工具重新输出，或直接扫描镜像。',
    },
  );
}

function otherForm(name: string, form: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${name} is ${form}; bills of materials are read in JSON`, zh: `${name} 是 ${form}；物料清单须为 JSON` },
    {
      en: 'Have the tool write CycloneDX or SPDX as JSON: `trivy --format cyclonedx`, `syft -o cyclonedx-json`.',
      zh: '请让工具以 JSON 输出 CycloneDX 或 SPDX：`trivy --format cyclonedx`、`syft -o cyclonedx-json`。',
    },
  );
}

function unknownForm(name: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${name} is not a bill of materials that is known`, zh: `${name} 不是已知格式的物料清单` },
    {
      en: 'CycloneDX (JSON), SPDX (JSON or its text form), the JSON of Syft, and lists of package URLs are read.',
      zh: '可读取 CycloneDX（JSON）、SPDX（JSON 或文本形式）、Syft 的 JSON，以及包 URL 列表。',
    },
  );
}
