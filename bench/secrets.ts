import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { findKeywords } from '../src/contents/secrets/keyword-table.ts';
import { allRules, findInFile, isText, looksAtFile, secretRules } from '../src/contents/secrets/secrets.ts';

/*
 * How fast secrets are looked for in real files, beside a loop that only adds up their bytes (the limit of what a program in this language
 * can do) and the pass over keywords alone:
 *
 *   node bench/secrets.ts FOLDER...     files below the folders; this project's dependencies where none is named
 *   node bench/secrets.ts --matches     also says where something was found, without its value
 *
 * Files are read first, so that no disk is measured; times are the processor's. Paths count as they are from the root.
 */

const { values, positionals } = parseArgs({
  options: { matches: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folders = positionals.length > 0 ? positionals : [join(import.meta.dirname, '..', 'node_modules')];

/** Bytes that are held at a time. */
const batchLength = 200_000_000;

interface TextFile {
  readonly path: string;
  readonly bytes: Buffer;
}

const times = { sum: 0, keywords: 0, secrets: 0 };
let files = 0;
let length = 0;
let batch: TextFile[] = [];
let batched = 0;
const found = new Map<string, number>();

const started = process.threadCpuUsage();
allRules();
say(`Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model.trim()})`);
say(`${secretRules.length} rules, made ready in ${spentSince(started).toFixed(1)} ms`);
for (const folder of folders) visit(folder);
measure();
say(`${files} texts, ${(length / 1e6).toFixed(1)} MB`);
say(`adding up bytes (the limit): ${rate(times.sum)}`);
say(`keywords alone: ${rate(times.keywords)}`);
say(`secrets: ${rate(times.secrets)}`);
for (const [rule, count] of [...found].toSorted(([, left], [, right]) => right - left)) say(`  ${count} ${rule}`);

function visit(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) visit(path);
    else if (entry.isFile()) take(path);
  }
}

function take(path: string): void {
  const { size } = lstatSync(path);
  if (!looksAtFile(relative('/', path), { kind: 'file', size }) || !isText(headOf(path))) return;
  const bytes = readFileSync(path);
  batch.push({ path, bytes });
  batched += bytes.length;
  if (batched >= batchLength) measure();
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}

function measure(): void {
  const { table } = allRules();
  times.sum += timeOf(({ bytes }) => sumOf(bytes));
  times.keywords += timeOf(({ bytes }) => findKeywords(table, bytes, 0, bytes.length, () => {}));
  times.secrets += timeOf(({ path, bytes }) => {
    const content = {
      size: bytes.length,
      read: (offset: number, count: number) => bytes.subarray(offset, offset + count),
    };
    for (const { rule, line, severity, masked } of findInFile(relative('/', path), content)) {
      found.set(`${rule} (${severity})`, (found.get(`${rule} (${severity})`) ?? 0) + 1);
      if (values.matches) say(`${severity} ${rule} ${path}:${line} ${masked}`);
    }
  });
  files += batch.length;
  length += batched;
  batch = [];
  batched = 0;
}

/** Milliseconds of processor time, which other programs on the machine change less than they change the clock's. */
function timeOf(work: (file: TextFile) => unknown): number {
  const before = process.threadCpuUsage();
  for (const file of batch) work(file);
  return spentSince(before);
}

function spentSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function sumOf(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 1) sum = (sum + (bytes[at] as number)) | 0;
  return sum;
}

function rate(milliseconds: number): string {
  return `${Math.round(length / 1000 / milliseconds)} MB/s`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
