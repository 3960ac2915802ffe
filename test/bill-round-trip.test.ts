import { array, assert, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBill } from '../src/contents/bills/read-bill.ts';
import { PlimsollError } from '../src/model/error.ts';
import type { Report } from '../src/model/report.ts';
import { renderCycloneDx } from '../src/report/cyclonedx.ts';
import { renderSpdx } from '../src/report/spdx.ts';
import { anyPackage, anyText } from './any-package.ts';
import { changedJson } from './changed-json.ts';
import { sampleContents, scanReport } from './scan-report.ts';

const writers: Readonly<Record<string, (report: Report) => string>> = { cyclonedx: renderCycloneDx, spdx: renderSpdx };

describe.each(Object.entries(writers))('%s', (_, write) => {
  test('what was written is read again', () => {
    const contents = sampleContents();
    const { life: _life, ...distribution } = contents.distribution ?? { life: undefined };
    const { digest, platform, tags, repoDigests, name } = contents.target;
    expect(readBill(write(scanReport()), 'bill.json')).toMatchObject({
      packages: contents.packages,
      distribution,
      target: { name, digest, platform, tags, repoDigests },
      layers: contents.layers.map((layer) => ({
        ...(layer.digest === undefined ? {} : { digest: layer.digest }),
        bytes: 0,
      })),
      gaps: [],
    });
  });

  test('packages come back as they were, whatever they are called', () => {
    assert(
      property(array(anyPackage, { maxLength: 5 }), (packages) => {
        const read = readBill(write(scanReport({ packages })), 'bill.json');
        expect(read.packages).toEqual(packages);
        expect(read.gaps).toEqual([]);
      }),
    );
  });

  test('so does the distribution', () => {
    const anyDistribution = record({
      id: anyText,
      version: anyText,
      name: anyText,
      codename: anyText.filter((text) => text !== ''),
      idLike: array(anyText, { maxLength: 2 }),
    });
    assert(
      property(anyDistribution, (distribution) => {
        const read = readBill(write(scanReport({ distribution })), 'bill.json');
        expect(read.distribution).toEqual(distribution);
      }),
    );
  });

  test('what somebody changed in it does not break the reader', () => {
    assert(
      property(changedJson(JSON.parse(write(scanReport())) as object), (changed) => {
        expect(isReadOrRefused(changed)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Packages of the right shape, or the one error that users see. */
function isReadOrRefused(document: unknown): boolean {
  try {
    return readBill(JSON.stringify(document), 'bill.json').packages.every(
      ({ purl, name, layer }) => purl.startsWith('pkg:') && typeof name === 'string' && layer >= 0 && layer < 3,
    );
  } catch (error) {
    return error instanceof PlimsollError && error.code === 'file-unreadable';
  }
}
