import { expect, test } from 'vitest';
import { channelName } from './conda-channel.ts';

test.each([
  ['https://repo.anaconda.com/pkgs/main/linux-64', 'main'],
  ['https://conda.anaconda.org/conda-forge/', 'conda-forge'],
  ['https://conda.anaconda.org/conda-forge/noarch', 'conda-forge'],
  ['https://conda.anaconda.org/pytorch/label/nightly/osx-arm64', 'pytorch/label/nightly'],
  ['conda-forge', 'conda-forge'],
  ['conda-forge/linux-aarch64', 'conda-forge'],
  ['pkgs/main', 'main'],
  ['defaults', 'defaults'],
  ['https://repo.prefix.dev/conda-forge/linux-64', 'https://repo.prefix.dev/conda-forge'],
  ['http://conda.example:8080/internal', 'http://conda.example:8080/internal'],
  ['file:///srv/t/built/linux-64', 'file:///srv/t/built'],
  // A channel may be called so.
  ['https://conda.anaconda.org/t/linux-64', 't'],
])('%s is %s', (written, name) => {
  expect(channelName(written)).toBe(name);
});

test.each([
  ['https://conda.anaconda.org/t/ab-0123-secret/acme/linux-64', 'acme'],
  ['https://somebody:hunter2@conda.example/acme/noarch', 'https://conda.example/acme'],
  ['https://conda.example/t/ab-0123-secret/acme?token=hunter2#hunter2', 'https://conda.example/acme'],
  ['t/ab-0123-secret/acme', 'acme'],
])('what opens a channel is no part of its name: %s', (written, name) => {
  expect(channelName(written)).toBe(name);
});

test.each(['', '<unknown>', 'somebody:hunter2@conda.example/acme', 'https://conda.example/', 'a'.repeat(2049)])(
  '%s is no channel',
  (written) => {
    expect(channelName(written)).toBeUndefined();
  },
);
