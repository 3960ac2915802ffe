import { deflateRawSync, inflateRawSync } from 'node:zlib';

/*
 * The store keeps a hundred thousand short texts, each of which is read by itself. Compressed alone they would hardly become shorter: they are,
 * with what most of them have in common known beforehand.
 */

/** What texts of advisories are full of, the most frequent last. Never to be changed without a new number of the store's layout. */
const common = Buffer.from(
  [
    'https://lists.debian.org/debian-security-announce/ https://security-tracker.debian.org/tracker/DLA-',
    'https://access.redhat.com/errata/RHSA- https://access.redhat.com/security/cve/CVE- https://errata.almalinux.org/8/ALSA-',
    'https://ubuntu.com/security/CVE- https://rustsec.org/advisories/RUSTSEC- https://pkg.go.dev/vuln/GO-',
    'https://github.com/advisories/GHSA- https://github.com/pypa/advisory-database https://security.netapp.com/advisory/ntap-',
    'https://nvd.nist.gov/vuln/detail/CVE-20 https://www.cve.org/CVERecord?id=CVE-20 /security/advisories/GHSA-',
    'security update security fix vulnerability in allows remote attackers to cause a denial of service (crash) via a crafted file',
    'execute arbitrary code cross-site scripting buffer overflow use-after-free out-of-bounds read improper input validation',
    '"end-of-life","will-not-fix","under-investigation","not-affected","affected","deferred","ubuntu","redhat","record",',
    'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N CVSS:3.0/AV:L/AC:L/PR:L/UI:R/S:U/C:L/I:L/A:L',
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H critical","important","moderate","medium","high","low',
    '.module_el8.10.0+ .el9_2 .el8_6 .el7 0:1. 1:2. -r0"] ~deb11u1 +deb12u1 -0ubuntu0.22.04.1 ubuntu1',
    '[[["","f","[["","",[",[0,[["","f","","[],[],"]],[["GHSA-","CVE-202","CVE-2021-","CVE-2022-","CVE-2023-","CVE-2024-',
  ].join('\n'),
);

/** Bytes that one text may have. */
export const longestText = 64 * 1024 ** 2;

/** Characters of what is not worth the call: a tenth of a millisecond, a hundred thousand times. */
const shortest = 64;
/** Before the text, says how it is kept. */
const marks = { plain: Buffer.of(0), deflated: Buffer.of(1) };

export function packText(text: string): Buffer {
  return text.length <= shortest
    ? Buffer.concat([marks.plain, Buffer.from(text)])
    : Buffer.concat([marks.deflated, deflateRawSync(text, { dictionary: common, level: 6 })]);
}

/** @throws zlib's error for what `packText` did not write */
export function unpackText(packed: Uint8Array): string {
  const kept = Buffer.from(packed.buffer, packed.byteOffset + 1, packed.byteLength - 1);
  if (packed[0] === marks.plain[0]) return kept.toString('utf8');
  return inflateRawSync(kept, { dictionary: common, maxOutputLength: longestText }).toString('utf8');
}
