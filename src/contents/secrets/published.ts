import { createHash } from 'node:crypto';

/**
 * What has the form of a secret and is known to all: values of specifications and documentations, keys of emulators, keys that tests of well-known
 * software ship. Kept as beginnings of SHA-256 digests, so that no scanner, this one included, takes the list for a leak.
 */
const digests: ReadonlySet<string> = new Set([
  // RFC 5849, 6749 and 6750: examples of OAuth.
  '9d03b692e941d5ac',
  '293257ab6495ebb1',
  'cb87c87e4a138d9a',
  'e9974c507d2a8021',
  '00cf4c781dc37003',
  '6c96130f130ab0d6',
  'a35b81a7d7927b70',
  'b8e148545b13c78b',
  '6848df5c2f14e2fe',
  '92a882bb4b22e59a',
  'ed111fec537e5129',
  'bb9b1163338b2a51',
  '649e1f5c769e718b',
  '4c20e6f5cc11b937',
  '6aa14267d94944e6',
  // RFC 7515, 7517, 7520 and 8037: private parts of JSON web keys.
  '2e4ff57e9c832eda',
  'a45404ae333dd955',
  '190edf59d5736c3b',
  '5ccf2edb4f070f0b',
  '6cebd764dd9840fc',
  '0c9ccc0efa883292',
  'f8123081a22e5c00',
  // Accounts of emulators: Azurite and Cosmos DB.
  '0011cc25eb432071',
  'aa6547439583c3a2',
  // Documentation of Stripe, and public clients of the gcloud tools and rclone.
  '2cafc0970149a84f',
  'f2d6ca16515033e5',
  '2d1f7723aabc5c7a',
  'f0386f9be1fe905f',
  '456a51b1f1b3cf3e',
  '50bb61665eece21c',
  // Tests of gsutil and of the Google client libraries.
  'b1954293f5ea3782',
  '05d6e0b6534c9451',
  'd4cf18485c683cda',
  'dbe3c5bda333d160',
  'b6b4c6a819ef0a1d',
  '48d7b7bf0bc51580',
  '97e3597f7c01eaff',
  // Tests of Requests and urllib3.
  'cc89b24fa7b57e6d',
  'e3eef58cc34f0cdb',
  '70b77a3e1c5856eb',
  '09041c605bafb8c4',
  'd55e9d9b688c5833',
  '2913d00ead4111eb',
  // Examples of XML Security.
  '4e6af0221e03f890',
  // Examples and tests of Go.
  'ffdff0657e09322f',
]);

/** Whether everybody has it anyway. */
export function isPublished(secret: string | Buffer): boolean {
  return digests.has(digestOf(secret));
}

export function digestOf(secret: string | Buffer): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 16);
}
