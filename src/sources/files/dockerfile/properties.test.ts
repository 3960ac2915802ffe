import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dockerfile, Instruction, Word } from '../../../model/dockerfile.ts';
import { applyEdits, type Span } from '../../../model/source-text.ts';
import { writtenFile } from '../written-file.ts';
import { dockerfileReading, readDockerfile } from './dockerfile.ts';

const pieces = fc.constantFrom(
  'FROM a',
  'FROM b AS c',
  'RUN ',
  'COPY ',
  'ADD --from=c ',
  'ENV A=1',
  'LABEL ',
  'ONBUILD ',
  'CMD ',
  'HEALTHCHECK ',
  'SHELL ["cmd"]',
  'ARG X',
  'USER $A',
  '["a", "b"]',
  '[',
  '<<E',
  '<<-"E"',
  'E',
  'CMD x',
  '--mount=type=cache',
  '--x',
  '# escape=`',
  '# note',
  '\\',
  '`',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  '"',
  "'",
  '${A:-',
  '}',
  '=',
  'sh -c ',
  '$(',
  ')',
  'é𝒳',
  '\u00A0',
  '\uFEFF',
  '&&',
  '|',
);
const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

function spansOf(instruction: Instruction): Span[] {
  const words = Object.values(instruction)
    .flat()
    .filter((each): each is Word => typeof each === 'object' && each !== null && 'span' in each);
  const script = 'script' in instruction ? instruction.script : undefined;
  const carried = instruction.keyword === 'onbuild' && instruction.carried ? spansOf(instruction.carried) : [];
  return [
    instruction.span,
    instruction.keywordSpan,
    ...words.map(({ span }) => span),
    ...(script?.commands ?? []).flatMap((each) => [each.span, ...each.words.map(({ span }) => span)]),
    ...carried,
  ];
}

function keywords(instructions: readonly Instruction[]): string[] {
  return instructions.map(({ keyword }) => keyword);
}

function checkSpans({ text, instructions, problems, comments }: Dockerfile): void {
  let place = 0;
  for (const instruction of instructions) {
    expect(instruction.span.start).toBeGreaterThanOrEqual(place);
    place = instruction.span.end;
    for (const { start, end } of spansOf(instruction)) {
      expect(start).toBeGreaterThanOrEqual(instruction.span.start);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(instruction.span.end);
    }
  }
  for (const { span } of [...problems, ...comments]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
}

test('any text is read, every span is inside of its instruction, and instructions do not overlap', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const file = writtenFile('Dockerfile', text);
      checkSpans(readDockerfile(file));
      expect(dockerfileReading(file).subjects.length).toBeGreaterThan(0);
    }),
    { numRuns: 1500 },
  );
});

test('every instruction but its here-documents can be cut out, and the others stay', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (text, choice) => {
      const { instructions, text: plain } = readDockerfile(writtenFile('Dockerfile', `FROM a\n${text}\n`));
      const removed = instructions[1 + (choice % Math.max(1, instructions.length - 1))];
      if (!removed) return;
      const edited = applyEdits(plain, [{ ...removed.span, text: '' }]);
      expect(keywords(readDockerfile(writtenFile('Dockerfile', edited)).instructions)).toEqual(
        keywords(instructions.filter((each) => each !== removed)),
      );
    }),
    { numRuns: 500 },
  );
});

/** The instructions of a text with one RUN, and the words of its script as they stand in the file. */
function readings(body: string): unknown {
  const text = `FROM a\nRUN ${body}\nUSER x`;
  const { instructions } = readDockerfile(writtenFile('Dockerfile', text));
  const commands = instructions.flatMap((each) => (each.keyword === 'run' ? (each.script?.commands ?? []) : []));
  const written = commands.flatMap((each) => each.words.map(({ span }) => text.slice(span.start, span.end)));
  expect(written).toEqual(commands.flatMap((each) => each.words.map(({ source }) => source)));
  return [keywords(instructions), written];
}

/** Words that mean the same with a line end between them. */
const words = fc.array(fc.constantFrom('apt-get', 'install', '"a b"', '$X', '&&', 'curl', '--yes'), {
  minLength: 1,
  maxLength: 8,
});
const breaks = fc.constantFrom(' ', ' \\\n', ' \\\r\n  ', ' \\ \n# note\n', ' \\\n\n\n ', '\t\\\n\t# note\n\t');

test('where lines are broken changes nothing but places', () => {
  fc.assert(
    fc.property(words, fc.array(breaks, { minLength: 8, maxLength: 8 }), (parts, between) => {
      const broken = parts.map((part, index) => (index === 0 ? part : `${between[index]}${part}`)).join('');
      expect(readings(broken)).toEqual(readings(parts.join(' ')));
    }),
  );
});

test.each([
  ['instructions', 'RUN apt-get update && apt-get install -y curl | tee x\n'.repeat(5000)],
  ['one long RUN', `RUN true${' && \\\n  apt-get install -y curl'.repeat(5000)}\n`],
  ['a long here-document', `RUN bash <<EOF\n${'apt-get install x\n'.repeat(5000)}EOF\n`],
  ['stages', Array.from({ length: 2500 }, (_, at) => `FROM a AS s${at}\nCOPY --from=s${at + 1} a b\n`).join('')],
  ['variables', Array.from({ length: 2500 }, (_, at) => `ENV A${at}=\${A${at - 1}}x\nRUN echo\n`).join('')],
  ['shifts', Array.from({ length: 5000 }, (_, at) => `RUN echo $((1 << ${at}))\n`).join('')],
  ['nested words', `RUN ${'sudo '.repeat(2000)}\n`],
])('5,000 lines of %s are read in time', (_name, text) => {
  const started = performance.now();
  dockerfileReading(writtenFile('Dockerfile', `FROM a\n${text}`));
  expect(performance.now() - started).toBeLessThan(3000);
});
