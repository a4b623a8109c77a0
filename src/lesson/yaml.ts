/** YAML whose every node knows its place in the file, so that a fault can be shown where it stands. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import type { Faults, Span } from './faults.ts';
import { yamlFault } from './yaml-faults.ts';

/** Lines of YAML within a file. */
export interface Region {
  lines: readonly string[];
  /** Of the first of them, from 1. */
  line: number;
  /** Column at which each begins, from 1; absent: all at 1. */
  columns?: readonly number[];
}

/** Ours for the errors that people meet; the library's own words for the rest. */
const WORDS: Readonly<Record<string, readonly [string, string?]>> = {
  TAB_AS_INDENT: ['YAML is indented with blanks, never with tabs.', 'write blanks'],
  DUPLICATE_KEY: ['This key is here twice.', 'keep one of them'],
  MULTIPLE_DOCS: ['One YAML document is enough here.', 'take the `---` away'],
  BAD_SCALAR_START: ['A value cannot begin with this character.', 'quote the value'],
};

export class YamlTree {
  readonly #document: Document;
  readonly #region: Region;
  readonly #starts: number[] = [];
  /** The whole as plain JavaScript values. */
  value: unknown;

  constructor(document: Document, region: Region) {
    this.#document = document;
    this.#region = region;
    let offset = 0;
    for (const line of region.lines) {
      this.#starts.push(offset);
      offset += line.length + 1;
    }
  }

  get root(): Node | null {
    return this.#document.contents as Node | null;
  }

  /** Follows an alias to what it stands for. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  spanAt(start: number, end: number): Span {
    return spanAt(this.#region, this.#starts, start, end);
  }

  spanOf(node: unknown): Span {
    const range = (node as Node | null | undefined)?.range;
    return this.spanAt(range?.[0] ?? 0, range?.[1] ?? 1);
  }

  /**
   * Where the node at `path` stands, or its key. What is not there (a missing field) stands where what should hold it
   * begins; a value that is empty where its key is.
   */
  span(path: readonly (string | number)[], atKey = false): Span {
    let node: unknown = this.root;
    let key: unknown;
    for (const segment of path) {
      const inside = this.resolve(node);
      const pair: Pair | undefined = isMap(inside)
        ? inside.items.find((item) => keyText(item.key) === String(segment))
        : undefined;
      const next = isSeq(inside) ? inside.items[Number(segment)] : pair?.value;
      if (!pair && next === undefined) return this.#beginning(inside);
      key = pair?.key;
      node = next;
    }
    const empty = node === null || (isScalar(node) && node.range?.[0] === node.range?.[1]);
    return key && (atKey || empty) ? this.spanOf(key) : this.#beginning(node);
  }

  /** A map is marked at its first key: all of it would be too much to look at. */
  #beginning(node: unknown): Span {
    return isMap(node) && node.items[0] && !node.flow ? this.spanOf(node.items[0].key) : this.spanOf(node);
  }
}

/** A key as JavaScript will have it; undefined when it is a list or a map. */
export function keyText(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function spanAt(region: Region, starts: readonly number[], start: number, end: number): Span {
  const found = starts.findLastIndex((offset) => offset <= start);
  const index = Math.max(0, found);
  const within = Math.min(start - (starts[index] ?? 0), region.lines[index]?.length ?? 0);
  const column = (region.columns?.[index] ?? 1) + within;
  return { line: region.line + index, column, length: Math.max(1, end - start) };
}

function report(document: Document, tree: YamlTree, text: string, faults: Faults): void {
  for (const fault of [...document.errors, ...document.warnings]) {
    const [start, end] = fault.pos;
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    // The library tells a tab as something else that is wrong after it.
    const tab = /^ *\t/.exec(text.slice(lineStart, Math.max(start, lineStart) + 1));
    const code = tab ? 'TAB_AS_INDENT' : fault.code;
    const at = tab ? lineStart + tab[0].length - 1 : start;
    // The library points at the first letter of a key that is there twice.
    const word = code === 'DUPLICATE_KEY' ? /^[^\s:]+/.exec(text.slice(start))?.[0].length : undefined;
    const [message, instead] = WORDS[code] ?? [`YAML: ${fault.message}.`];
    const told = (tab || word ? undefined : yamlFault(text, { code, message: fault.message, start })) ?? {
      start: at,
      end: tab ? at + 1 : word ? start + word : end,
      message,
      instead,
    };
    faults.error('yaml', tree.spanAt(told.start, told.end), told.message, told.instead);
    // After any but this one the rest is only confusion.
    if (code !== 'DUPLICATE_KEY') return;
  }
}

/** Faults of the YAML itself are told to `faults`; undefined when there are any. */
export function readYaml(region: Region, faults: Faults): YamlTree | undefined {
  const text = region.lines.join('\n');
  try {
    const document = parseDocument(text, { prettyErrors: false, version: '1.2', logLevel: 'error' });
    const tree = new YamlTree(document, region);
    if (document.errors.length + document.warnings.length > 0) {
      report(document, tree, text, faults);
      return undefined;
    }
    // A hundred aliases are plenty; more are an attempt to fill the memory.
    tree.value = document.toJS({ maxAliasCount: 100 });
    return tree;
  } catch (error) {
    // An alias of nothing, too many of them, or nested deeper than the library's own stack.
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const span = { line: region.line, column: region.columns?.[0] ?? 1, length: 1 };
    const alias = /^Unresolved alias/.test(why ?? '');
    if (alias)
      faults.error(
        'yaml',
        span,
        'A value with `*` before it means another value, and that is not there.',
        'quote it: "*..."',
      );
    else faults.error('yaml', span, `This YAML cannot be read: ${why}.`);
    return undefined;
  }
}
