import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A token in the form of GitHub's, with the checksum that a real one has; made here, so that none stands in the repository. */
export function githubToken(random = 'Q7mZ2xK9cV4bN8wL1rT6yH3pD5sFjG'): string {
  let checksum = crc32(random);
  let written = '';
  for (let place = 0; place < 6; place += 1) {
    written = `${digits[checksum % 62]}${written}`;
    checksum = Math.floor(checksum / 62);
  }
  return `${['gh', 'p'].join('')}_${random}${written}`;
}
