import { mergeServices } from './merge.ts';
import { type ComposeMapping, type ComposeNode, childOf, type Place } from './node.ts';
import { problemAt } from './problem.ts';
import { entriesOf, textAt, textOf } from './read-node.ts';
import { type Loading, isRemote, pathIn, reportMissing } from './loading.ts';

export interface Extension {
  readonly loading: Loading;
  /** The documents of another file, merged; undefined when it is not there. */
  open(path: string): ComposeMapping | undefined;
}

/** More steps are a mistake, or made to break readers. */
const longestChain = 100;

/** The document with every service completed by what it extends. */
export function withExtensions(document: ComposeMapping, extension: Extension): ComposeMapping {
  const services = childOf(document, 'services');
  if (services?.kind !== 'mapping') return document;
  const resolver = new Resolver(extension);
  const extended = [...services.entries].map(([name, service]): [string, ComposeNode] => [
    name,
    resolver.complete(document, name, service, []),
  ]);
  const entries = new Map(document.entries).set('services', { ...services, entries: new Map(extended) });
  return { ...document, entries };
}

/** It holds what was completed already, so that a long chain is walked once. */
class Resolver {
  readonly #extension: Extension;
  readonly #complete = new Map<ComposeMapping, Map<string, ComposeNode>>();

  constructor(extension: Extension) {
    this.#extension = extension;
  }

  complete(document: ComposeMapping, name: string, service: ComposeNode, chain: readonly string[]): ComposeNode {
    const extending = childOf(service, 'extends');
    if (!extending || service.kind !== 'mapping') return service;
    const known = this.#complete.get(document) ?? new Map<string, ComposeNode>();
    this.#complete.set(document, known);
    const before = known.get(name);
    if (before) return before;
    const own: ComposeMapping = { ...service, entries: new Map(service.entries) };
    (own.entries as Map<string, ComposeNode>).delete('extends');
    const extended = this.#extended(document, extending, [...chain, `${service.place.source.file.name}:${name}`]);
    const result = extended ? mergeServices(extended, own) : own;
    known.set(name, result);
    return result;
  }

  /** The service that is extended, itself complete; undefined when there is none, which has been reported. */
  #extended(document: ComposeMapping, extending: ComposeNode, chain: readonly string[]): ComposeNode | undefined {
    const { loading } = this.#extension;
    const wanted = textOf(extending) ?? textAt(extending, 'service');
    const path = textAt(extending, 'file');
    if (wanted === undefined) return undefined;
    const place = (childOf(extending, 'service') ?? extending).place;
    const filePlace = (childOf(extending, 'file') ?? extending).place;
    const resolved = path === undefined || isRemote(path) ? path : pathIn(place.source.base, path);
    const other = resolved === undefined ? document : this.#extension.open(resolved);
    if (!other) {
      reportMissing(loading, filePlace, resolved ?? '');
      return undefined;
    }
    const service = entriesOf(childOf(other, 'services')).get(wanted);
    if (!service) {
      loading.problems.push(noService(place, wanted, resolved));
      return undefined;
    }
    const step = `${service.place.source.file.name}:${wanted}`;
    const circle = chain.includes(step);
    if (circle || chain.length >= longestChain) {
      loading.problems.push(circle ? cycle(place, [...chain.slice(chain.indexOf(step)), step]) : tooLong(place));
      return undefined;
    }
    return this.complete(other, wanted, service, chain);
  }
}

function noService(place: Place, name: string, path: string | undefined) {
  return problemAt(
    place,
    'error',
    {
      en: `there is no service "${name}" to extend${path === undefined ? '' : ` in ${path}`}`,
      zh: `${path === undefined ? '' : ` ${path} 中`}没有可供 extends 引用的服务“${name}”`,
    },
    { en: 'mend the name', zh: '请修正名称' },
  );
}

function tooLong(place: Place) {
  return problemAt(
    place,
    'error',
    {
      en: `more than ${longestChain} services extend each other in a row`,
      zh: `extends 链超过 ${longestChain} 个服务`,
    },
    { en: 'extend fewer services', zh: '请减少 extends 的层数' },
  );
}

function cycle(place: Place, chain: readonly string[]) {
  const steps = chain.length > 12 ? [...chain.slice(0, 10), '…', ...chain.slice(-1)] : chain;
  return problemAt(
    place,
    'error',
    {
      en: `a service extends itself: ${steps.join(' → ')}`,
      zh: `服务的 extends 形成循环：${steps.join(' → ')}`,
    },
    { en: 'break the circle', zh: '请打破循环引用' },
  );
}
