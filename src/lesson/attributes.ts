/**
 * Pandoc's attributes, as they stand on a fence: `{.role #id key=value key="two words" flag}`.
 * Offsets count UTF-16 units from the opening brace. Faults do not stop the reading: the rest is read as well.
 */

interface Stretch {
  offset: number;
  length: number;
}

export type AttributeItem =
  | ({ kind: 'class'; text: string } & Stretch)
  | ({ kind: 'id'; text: string } & Stretch)
  | ({ kind: 'flag'; text: string } & Stretch)
  | ({ kind: 'pair'; key: string; value: string; valueAt: Stretch } & Stretch);

export interface AttributeFault extends Stretch {
  code: string;
  message: string;
  instead?: string;
}

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_:.-]*$/u;

class Reader {
  readonly text: string;
  readonly items: AttributeItem[] = [];
  readonly faults: AttributeFault[] = [];
  at = 1;

  constructor(text: string) {
    this.text = text;
  }

  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  fault(code: string, offset: number, message: string, instead?: string): undefined {
    const length = Math.max(1, this.at - offset);
    this.faults.push({ code, offset, length, message, ...(instead === undefined ? {} : { instead }) });
  }
}

function readName(reader: Reader, kind: 'class' | 'id'): undefined {
  const offset = reader.at++;
  const text = reader.take(kind === 'class' ? /[^\s}#=.]*/y : /[^\s}#=]*/y);
  const form = kind === 'class' ? '`.role`' : '`#name`';
  if (NAME.test(text)) reader.items.push({ kind, text, offset, length: text.length + 1 });
  else
    reader.fault(
      'bad-attribute',
      offset,
      `A name is missing or odd here: letters, digits, - and _ make one.`,
      `write ${form}`,
    );
}

/** The value between quotes, its backslashes taken away; undefined when the quote is never closed. */
function readQuoted(reader: Reader, quote: string): string | undefined {
  const body = reader.take(quote === '"' ? /"(?:\\.|[^"\\])*/y : /'(?:\\.|[^'\\])*/y).slice(1);
  if (reader.text[reader.at] !== quote) return undefined;
  reader.at++;
  return body.replace(/\\([\\"'])/g, '$1');
}

function readPair(reader: Reader, key: string, offset: number): undefined {
  reader.at++; // the =
  const start = reader.at;
  const quote = reader.text[start];
  let value: string | undefined;
  if (quote === '"' || quote === "'") {
    value = readQuoted(reader, quote);
    if (value === undefined) {
      reader.at = reader.text.trimEnd().length;
      return reader.fault(
        'unclosed-quote',
        start,
        'This quote is never closed.',
        `end the value with ${quote}`,
      );
    }
    const rest = reader.take(/[^\s}]+/y);
    if (rest !== '')
      return reader.fault(
        'bad-attribute',
        reader.at - rest.length,
        'A blank is missing after the quoted value.',
      );
  } else value = reader.take(/[^\s}]*/y);
  if (key === '') return reader.fault('bad-attribute', offset, 'A value without a name before the `=`.');
  const valueAt = { offset: start, length: reader.at - start };
  if (valueAt.length === 0)
    return reader.fault(
      'bad-attribute',
      offset,
      `\`${key}=\` has no value.`,
      `write \`${key}=...\` without a blank around the =`,
    );
  reader.items.push({ kind: 'pair', key, value, offset, length: reader.at - offset, valueAt });
}

function readItem(reader: Reader): undefined {
  const offset = reader.at;
  const first = reader.text[offset];
  if (first === '.') return readName(reader, 'class');
  if (first === '#') return readName(reader, 'id');
  const word = reader.take(/[^\s}=#]*/y);
  if (reader.text[reader.at] === '=') return readPair(reader, word, offset);
  if (NAME.test(word)) reader.items.push({ kind: 'flag', text: word, offset, length: word.length });
  else
    reader.fault(
      'bad-attribute',
      offset,
      `\`${word}\` is no attribute.`,
      'write `.role`, `#id`, `key=value` or `flag`',
    );
}

/** `text` begins with the opening brace. */
export function parseAttributes(text: string): { items: AttributeItem[]; faults: AttributeFault[] } {
  const reader = new Reader(text);
  for (;;) {
    reader.take(/\s*/y);
    if (reader.at >= text.length) {
      // A quote that swallowed the brace has been told already.
      if (!reader.faults.some((fault) => fault.code === 'unclosed-quote'))
        reader.faults.push({
          code: 'unclosed-attributes',
          offset: 0,
          length: 1,
          message: 'This brace is never closed.',
          instead: 'end the line with `}`',
        });
      break;
    }
    if (text[reader.at] === '}') {
      reader.at++;
      const rest = text.slice(reader.at).trim();
      const offset = text.indexOf(rest, reader.at);
      if (rest !== '')
        reader.faults.push({
          code: 'text-after-attributes',
          offset,
          length: rest.length,
          message: 'Nothing may stand after the closing brace.',
          instead: 'put it inside the braces, or take it away',
        });
      break;
    }
    readItem(reader);
  }
  return { items: reader.items, faults: reader.faults };
}

/** The other way: what `parseAttributes` reads as these items. Values are quoted where they must be. */
export function formatAttributes(items: readonly AttributeItem[]): string {
  const words = items.map((item) => {
    if (item.kind === 'pair') {
      const plain = /^[^\s}"'\\]+$/.test(item.value);
      return `${item.key}=${plain ? item.value : `"${item.value.replace(/[\\"]/g, '\\$&')}"`}`;
    }
    return { class: '.', id: '#', flag: '' }[item.kind] + item.text;
  });
  return `{${words.join(' ')}}`;
}
