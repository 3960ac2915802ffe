import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

const folder = join(import.meta.dirname, 'schemas');

function read(name: string): object {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
}

// The formats of international addresses are not checked: nothing of ours has them.
const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'iri-reference': true, 'idn-email': true } });
addFormats.default(ajv);
const namespace = 'http://cyclonedx.org/schema';
ajv.addSchema(read('cyclonedx-licences.json'), `${namespace}/spdx.SNAPSHOT.schema.json`);
ajv.addSchema(read('cyclonedx-signature.json'), `${namespace}/jsf-0.82.SNAPSHOT.schema.json`);
const schemas = { cyclonedx: ajv.compile(read('cyclonedx-1.6.json')), spdx: ajv.compile(read('spdx-2.3.json')) };

/** What the schema of the format objects to in a document. */
export function objectionsTo(format: keyof typeof schemas, document: string): readonly ErrorObject[] {
  const validate = schemas[format];
  return validate(JSON.parse(document)) ? [] : (validate.errors ?? []);
}
