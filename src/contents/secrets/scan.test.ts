import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate, type Found } from './evaluate.ts';
import type { Piece } from './pieces.ts';
import { type Place, placeOfFile } from './place.ts';
import type { SecretRule } from './rule.ts';
import { secretRules } from './rules/all.ts';
import { armoured } from './samples/built.fixture.ts';
import { sampleOf } from './samples/samples.fixture.ts';
import { drawn, drawsOf } from './samples/template.fixture.ts';
import { distinct, scan, scannerOf } from './scan.ts';

const scanner = scannerOf(secretRules);

/** What the scanner is measured against: every rule is tried at every place of the whole text. */
function plainly(text: Buffer, rules: readonly SecretRule[], place: Place): Found[] {
  const latin1 = text.toString('latin1');
  const found: Found[] = [];
  for (const rule of rules.filter(({ paths }) => paths?.test(place.path) ?? true)) {
    const pattern = new RegExp(rule.pattern, 'g');
    for (let match = pattern.exec(latin1); match; match = pattern.exec(latin1)) {
      const one = evaluate(rule, latin1, match.index, place);
      if (one) found.push(one);
      pattern.lastIndex = match.index + 1;
    }
  }
  return distinct(found, scanner.order);
}

function* inPieces(bytes: Buffer, length: number): Generator<Piece> {
  // One buffer for all pieces, as a reader of files has it: whoever keeps a piece keeps the next one.
  const shared = Buffer.alloc(length);
  for (let offset = 0; offset < bytes.length || offset === 0; offset += length) {
    const count = bytes.copy(shared, 0, offset, offset + length);
    yield { bytes: shared.subarray(0, count), isLast: offset + length >= bytes.length };
  }
}

function told(found: readonly Found[]): string[] {
  return found.map(({ rule, start, end, verified, severity, masked }) =>
    [rule.id, start, end, verified, severity, masked].join(' '),
  );
}

/** Samples of all rules in a random order, with text between them that has their keywords and no secrets. */
function planted(seed: string): Buffer {
  const draw = drawsOf(seed);
  const keywords = secretRules.flatMap((rule) => rule.keywords);
  const order = secretRules.map((rule) => ({ rule, at: draw() })).toSorted((left, right) => left.at - right.at);
  const parts = order.map(({ rule }, index) => {
    const noise = Array.from({ length: Math.floor(draw() * 12) }, () =>
      draw() < 0.5 ? (keywords[Math.floor(draw() * keywords.length)] ?? '') : drawn('w', Math.floor(draw() * 40), draw),
    );
    return `${noise.join([' ', '\n', '="', ': ', 'é'][index % 5])}\n${sampleOf(rule.id, seed).text}\n`;
  });
  return Buffer.from(parts.join(''));
}

describe('finds all that trying every rule everywhere finds', () => {
  const place = placeOfFile('root/.npmrc');

  test.each(['one', 'two'])('in a text with a secret of every rule (%s)', (seed) => {
    const text = planted(seed);
    const expected = told(plainly(text, secretRules, place));
    expect(expected.length).toBeGreaterThan(400);
    expect(told(scan(scanner, [{ bytes: text, isLast: true }], place))).toEqual(expected);
    for (const length of [64, 97, 1000, 4096, 65_536]) {
      expect(told(scan(scanner, inPieces(text, length), place)), `pieces of ${length}`).toEqual(expected);
    }
  });

  test('wherever a border between pieces goes through it', () => {
    const draw = drawsOf('border');
    const key = armoured('RSA PRIVATE KEY', draw).text;
    const text = Buffer.from(`# é\n${sampleOf('github-token').text}\n${sampleOf('azure-devops-token').text}\n${key}`);
    const expected = told(plainly(text, secretRules, place));
    expect(expected).toHaveLength(3);
    for (let length = 1; length <= text.length; length += 1) {
      expect(told(scan(scanner, inPieces(text, length), place))).toEqual(expected);
    }
  });

  test.each(['/usr/share', '/etc', 'node_modules'])('in real texts of %s', (root) => {
    const text = textsBelow(root, 250_000);
    for (const path of ['app/config.yaml', 'app/main.py', 'app/run.sh']) {
      const where = placeOfFile(path);
      const expected = told(plainly(text, secretRules, where));
      expect(told(scan(scanner, inPieces(text, 10_000), where))).toEqual(expected);
      expect(told(scan(scanner, [{ bytes: text, isLast: true }], where))).toEqual(expected);
    }
  });
});

/** Parts of texts below a folder, so many bytes of them together. */
function textsBelow(root: string, bytes: number): Buffer {
  const parts: Buffer[] = [];
  let left = bytes;
  const waiting = existsSync(root) ? [root] : [];
  for (let folder = waiting.pop(); folder !== undefined && left > 0; folder = waiting.pop()) {
    for (const entry of readable(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile() && left > 0 && /\.(?:js|json|conf|py|sh|yaml|xml|pl|md|ts)$/.test(entry.name)) {
        const part = contentOf(path).subarray(0, Math.min(left, 8000));
        left -= part.length;
        parts.push(part);
      }
    }
  }
  return Buffer.concat(parts);
}

function readable(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

test('of what overlaps only the more certain is told, of what stands apart all', () => {
  const token = sampleOf('gitlab-token', 'a').text;
  const other = sampleOf('gitlab-token', 'b').text;
  const text = Buffer.from(`api_key=${token}\npassword: "${other}"\n`);
  const found = scan(scanner, [{ bytes: text, isLast: true }], placeOfFile('app/.env'));
  expect(found.map(({ rule }) => rule.id)).toEqual(['gitlab-token', 'gitlab-token']);
});

test('tells a thousand at most', () => {
  const draw = drawsOf('many');
  const lines = Array.from({ length: 1500 }, () => `${['np', 'm_'].join('')}${drawn('a', 36, draw)}\n`);
  const found = scan(scanner, inPieces(Buffer.from(lines.join('')), 8192), placeOfFile('app/x'));
  expect(found).toHaveLength(1000);
});
