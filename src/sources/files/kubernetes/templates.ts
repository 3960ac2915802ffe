import type { YamlDocument, YamlNode } from '../../../syntax/yaml.ts';
import type { FileProblem, WrittenFile } from '../written-file.ts';

export interface Templates {
  /** Documents that cannot be read before they are filled in, by their index. */
  readonly unreadable: ReadonlySet<number>;
  readonly problems: readonly FileProblem[];
}

const mark = /\{\{|\{%|<%/;
/** What only Helm has a value for: other programs use the braces in texts that are finished. */
const helmName =
  /\{\{-?\s*(?:(?:include|template|tpl|toYaml|default|quote|required)\s|[^}]{0,80}?\.(?:Values|Release|Chart|Capabilities|Template|Files)\b)/;

/** Finds what is a template still, and says so once for the whole file. */
export function templatesIn(file: WrittenFile, documents: readonly YamlDocument[]): Templates {
  const first = mark.exec(file.text);
  if (!first) return { unreadable: new Set(), problems: [] };
  const unreadable = new Set<number>();
  const offsets: number[] = [];
  for (const [index, document] of documents.entries()) {
    const offset = document.root ? openAt(file.text, document) : markIn(file.text, document);
    if (offset !== undefined) unreadable.add(index);
    const found = offset ?? (document.root && placeholderIn(file.text, document.root));
    if (found !== undefined) offsets.push(found);
  }
  const [offset] = offsets.toSorted((left, right) => left - right);
  if (offset === undefined) return { unreadable, problems: [] };
  const problem: FileProblem = {
    file: file.name,
    kind: 'notice',
    reason: {
      en: 'it is a template that is not rendered yet; only what can be read as it is was judged',
      zh: '这是尚未渲染的模板；仅判断了其中可直接读取的部分',
    },
    need: {
      en: 'render it first: helm template … | plimsoll check -',
      zh: '请先渲染：helm template … | plimsoll check -',
    },
    ...file.lines.positionAt(offset),
  };
  return { unreadable, problems: [problem] };
}

/** Two braces without quotes are a mapping as a key to YAML, which no manifest has. */
function openAt(text: string, { problems }: YamlDocument): number | undefined {
  const offset = problems.find((problem) => text.slice(problem.offset - 1, problem.offset + 1) === '{{')?.offset;
  return offset === undefined ? undefined : offset - 1;
}

/** The first mark of a template in a document that could not be read. */
function markIn(text: string, { problems: [problem] }: YamlDocument): number | undefined {
  const at = problem?.offset ?? 0;
  const start = Math.max(text.lastIndexOf('\n---', at), 0);
  const next = text.indexOf('\n---', Math.max(at, start + 1));
  const found = mark.exec(text.slice(start, next < 0 ? text.length : next));
  return found ? start + found.index : undefined;
}

/** A scalar that Helm would fill in. Blocks of text are data, and often templates of another program. */
function placeholderIn(text: string, node: YamlNode): number | undefined {
  if (!helmName.test(text.slice(node.start, node.end))) return undefined;
  switch (node.kind) {
    case 'mapping':
      return firstIn(
        text,
        node.pairs.flatMap(({ key, value }) => [key, value]),
      );
    case 'sequence':
      return firstIn(text, node.items);
    case 'scalar':
      return node.style === 'literal' || node.style === 'folded' ? undefined : node.start;
    default:
      return undefined;
  }
}

function firstIn(text: string, nodes: readonly YamlNode[]): number | undefined {
  for (const node of nodes) {
    const found = placeholderIn(text, node);
    if (found !== undefined) return found;
  }
  return undefined;
}
