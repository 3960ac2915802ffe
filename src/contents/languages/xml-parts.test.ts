import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { CatalogerError } from '../cataloger.ts';
import { readXml } from './xml-parts.ts';

test('tells elements, attributes and text, without comments and declarations', () => {
  const text = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y>">]><p:a one="1 &lt; 2" two = 'b' three>t&#x41;&x;<![CDATA[<b>]]><!-- c --><d/></p:a >`;
  expect([...readXml(text)]).toEqual([
    {
      kind: 'open',
      name: 'a',
      attributes: new Map([
        ['one', '1 < 2'],
        ['two', 'b'],
        ['three', ''],
      ]),
    },
    { kind: 'text', text: 'tA&x;' },
    { kind: 'text', text: '<b>' },
    { kind: 'open', name: 'd', attributes: new Map() },
    { kind: 'close', name: 'd' },
    { kind: 'close', name: 'a' },
  ]);
});

test('numbers of no character stay as written', () => {
  expect([...readXml('<a>&#x110000;&#9999999;</a>')][1]).toEqual({ kind: 'text', text: '&#x110000;&#9999999;' });
});

test('reads whatever text it is given', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      try {
        expect([...readXml(`<a>${text}`)].length).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof CatalogerError)) throw error;
      }
    }),
  );
});
