import type { Answer } from '../model/answer.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { type Severity, severities } from '../model/severity.ts';
import { lineIndex } from '../model/source-text.ts';
import { languages, type Text } from '../model/text.ts';
import { parseYaml, type YamlMapping, type YamlNode } from '../syntax/yaml.ts';
import type { Configuration } from './configuration.ts';
import { readWaivers } from './parse-waivers.ts';
import { at, isNothing, malformed, Reader } from './reader.ts';

const keys = [
  'baseline',
  'language',
  'failOn',
  'skip',
  'exclude',
  'kubernetesVersion',
  'parameters',
  'waivers',
  'answers',
] as const;
const answerKeys = ['control', 'holds', 'note', 'owner', 'date', 'until'] as const;
const answerName: Text = { en: 'the answer', zh: '回答' };

/** Reads `plimsoll.yaml`. Every error names the file, the line, the column and what was expected. */
export function parseConfiguration(file: string, text: string): Configuration {
  const lines = lineIndex(text);
  const reader = new Reader(file, lines);
  const [document, second] = parseYaml(text);
  const problem = document?.problems[0];
  if (problem) throw malformed(at(file, lines, problem.offset), problem.reason, '不是有效的 YAML：');
  if (second?.root) throw reader.wrong(second.root, 'one document, not several', '单个文档，而不是多个');
  const root = document?.root;
  if (root === undefined || isNothing(root)) return {};
  if (root.kind !== 'mapping') throw reader.wrong(root, 'a mapping', '映射');
  return readConfiguration(root, reader);
}

function readConfiguration(map: YamlMapping, reader: Reader): Configuration {
  const fields = reader.fields(map, keys);
  const skip = fields.skip && reader.list(fields.skip).map((node) => reader.selector(node));
  return {
    ...(fields.baseline ? { baseline: reader.baseline(fields.baseline) } : {}),
    ...(fields.language ? { language: reader.choice(fields.language, languages) } : {}),
    ...(fields.failOn ? { failOn: reader.choice<Severity>(fields.failOn, severities) } : {}),
    ...(skip ? { skip } : {}),
    ...(fields.exclude ? { exclude: reader.list(fields.exclude).map((node) => reader.text(node)) } : {}),
    ...(fields.kubernetesVersion ? { kubernetesVersion: reader.version(fields.kubernetesVersion) } : {}),
    ...(fields.parameters ? { parameters: readParameters(fields.parameters, reader) } : {}),
    ...(fields.waivers ? readWaivers(fields.waivers, reader) : {}),
    ...(fields.answers ? { answers: readAnswers(fields.answers, reader) } : {}),
  };
}

/** One answer a control: of two nobody could tell which counts. */
function readAnswers(node: YamlNode, reader: Reader): Answer[] {
  const answers: Answer[] = [];
  for (const item of reader.list(node)) {
    const fields = reader.fields(reader.map(item), answerKeys);
    const required = (name: (typeof answerKeys)[number]) => reader.required(item, fields, name, answerName);
    const control = reader.question(required('control'));
    if (answers.some((each) => each.control === control)) throw reader.answeredTwice(required('control'), control);
    answers.push({
      control,
      holds: reader.boolean(required('holds')),
      note: reader.text(required('note')),
      owner: reader.text(required('owner')),
      date: reader.date(required('date')),
      ...(fields.until ? { until: reader.date(fields.until) } : {}),
    });
  }
  return answers;
}

function readParameters(node: YamlNode, reader: Reader): Record<string, JsonObject> {
  const result: Record<string, JsonObject> = {};
  for (const { key, value } of reader.map(node).pairs) {
    const selected = reader.control(key);
    const definitions = selected.parameters ?? {};
    const set: Record<string, JsonValue> = {};
    for (const pair of reader.map(value).pairs) {
      const name = reader.text(pair.key);
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      if (!definition) throw reader.unknownKey(pair.key, name, Object.keys(definitions));
      set[name] = reader.like(pair.value, definition.default);
    }
    result[selected.id] = set;
  }
  return result;
}
