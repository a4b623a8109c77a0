/**
 * What is wrong with YAML that cannot be read, in the words of who has written it. The library says what its parser had wanted
 * next, often lines away from the cause; here it is the key that stands in the wrong column, the quotation that nobody closed.
 * Pure.
 */

/** As the library tells it, within `text`. */
export interface YamlFault {
  code: string;
  message: string;
  start: number;
}

export interface Told {
  start: number;
  end: number;
  message: string;
  instead?: string;
}

const KEYED = /^( *)(- +)?(?:(["']).*?\3|[^\s#:"'{[][^:#]*?)\s*:(?:\s|$)/;
const ITEM = /^( *)-(?:\s|$)/;

interface Row {
  text: string;
  /** Of its first character in the whole. */
  at: number;
}

const rowsOf = (text: string): Row[] => {
  let at = 0;
  return text.split('\n').map((line) => {
    const row = { text: line, at };
    at += line.length + 1;
    return row;
  });
};

const isSpoken = ({ text }: Row): boolean => /^\s*[^\s#]/.test(text);

/** Where a key begins, from 0, and the key: `- ping: a` has one in column 2. */
function keyOf({ text }: Row): { column: number; key: string } | undefined {
  const found = KEYED.exec(text);
  if (!found) return undefined;
  const column = found[1]!.length + (found[2]?.length ?? 0);
  return { column, key: text.slice(column).replace(/\s*:(?:\s.*)?$/s, '') };
}

interface Open {
  column: number;
  /** What stands there, as it is told. */
  what: string;
}

/** The columns in which the next line may begin: those of what is still open above it, the innermost first. */
function openAbove(rows: readonly Row[], isItem: boolean): Open[] {
  const open: Open[] = [];
  const take = (column: number, what: string): void => {
    if (open.every((other) => column < other.column)) open.push({ column, what });
  };
  for (const row of rows.toReversed()) {
    if (!isSpoken(row)) continue;
    const item = ITEM.exec(row.text);
    const keyed = keyOf(row);
    if (keyed && !isItem) take(keyed.column, `\`${keyed.key}\``);
    if (item && isItem) take(item[1]!.length, 'the `-` above');
    if (/^\S/.test(row.text)) break;
  }
  return open;
}

/** A line that begins in a column where nothing is. */
function misplaced(rows: readonly Row[], index: number): Told | undefined {
  const row = rows[index];
  if (row === undefined || !isSpoken(row)) return undefined;
  const item = ITEM.exec(row.text);
  const keyed = keyOf(row);
  if (!item && !keyed) return undefined;
  const column = item ? item[1]!.length : keyed!.column;
  const open = openAbove(rows.slice(0, index), item !== null);
  if (open.length === 0 || open.some((other) => other.column === column)) return undefined;
  const near = open.reduce((best, other) =>
    Math.abs(other.column - column) < Math.abs(best.column - column) ? other : best,
  );
  const name = item ? 'This `-`' : `\`${keyed!.key}\``;
  return {
    start: row.at + column,
    end: row.at + column + (item ? 1 : keyed!.key.length),
    message: `${name} begins in column ${column + 1}, and nothing that it could belong to does.`,
    instead: `begin it in column ${near.column + 1}, under ${near.what}`,
  };
}

/** Brackets and quotations that are open at the end of `text`, the innermost last: where they stand. */
function stillOpen(text: string): { at: number; sign: string }[] {
  const open: { at: number; sign: string }[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    const last = open.at(-1)?.sign;
    if (last === '"' || last === "'") {
      if (sign === '\\' && last === '"') at += 1;
      else if (sign === last) open.pop();
    } else if (sign === '#' && /^$|\s/.test(text[at - 1] ?? '')) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if ((sign === '"' || sign === "'") && /^$|[\s[{,:-]/.test(text[at - 1] ?? ''))
      open.push({ at, sign });
    else if ((sign === '{' || sign === '[') && (last !== undefined || /^$|[\s[{,]/.test(text[at - 1] ?? '')))
      open.push({ at, sign });
    else if ((sign === '}' && last === '{') || (sign === ']' && last === '[')) open.pop();
  }
  return open;
}

/** In single quotation marks nothing has a meaning of its own. */
const quoted = (value: string): string => (value.includes("'") ? JSON.stringify(value) : `'${value}'`);

const CLOSES: Readonly<Record<string, string>> = { '{': '}', '[': ']', '"': '"', "'": "'" };

function notClosed(text: string): Told | undefined {
  const open = stillOpen(text).at(-1);
  if (open === undefined) return undefined;
  const what = open.sign === '"' || open.sign === "'" ? 'This quotation' : `This \`${open.sign}\``;
  return {
    start: open.at,
    end: open.at + 1,
    message: `${what} is not closed.`,
    instead: `close it with \`${CLOSES[open.sign]}\``,
  };
}

/** A key without its colon, or without the blank after it. */
function noColon(row: Row, start: number): Told | undefined {
  const rest = row.text.slice(start - row.at).trimEnd();
  const [, key, value] = /^([\w-]+)(?::|\s+)(\S.*)$/.exec(rest) ?? [];
  const end = start + rest.length;
  if (key !== undefined && value !== undefined) {
    const message = rest[key.length] === ':' ? 'No blank after the colon.' : 'No colon after the key.';
    return { start, end, message, instead: `write \`${key}: ${value}\`` };
  }
  return { start, end, message: 'A key without a value.', instead: `write \`${rest}: VALUE\`` };
}

/** `body: [a-z]+`: what begins like a list, a map or a quotation goes on after its end. */
function goesOn(row: Row, start: number): Told | undefined {
  const rest = row.text.slice(start - row.at).trimEnd();
  if (/^[}\]]/.test(rest))
    return { start, end: start + 1, message: `One \`${rest[0]}\` too many.`, instead: 'take it away' };
  const keyed = keyOf(row);
  if (keyed === undefined) return undefined;
  const value = row.text
    .slice(keyed.column + keyed.key.length)
    .replace(/^\s*:\s*/, '')
    .trimEnd();
  if (value === '' || !/^["'[{]/.test(value)) return undefined;
  return {
    start,
    end: start + rest.length,
    message: `The value ends before this, as it begins with \`${value[0]}\`.`,
    instead: `quote all of it: ${quoted(value)}`,
  };
}

const COMPACT = new Set(['BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY']);

/** Undefined where there are no better words than the library's. */
export function yamlFault(text: string, { code, message, start }: YamlFault): Told | undefined {
  const rows = rowsOf(text);
  const index = Math.max(
    0,
    rows.findLastIndex((row) => row.at <= start),
  );
  const row = rows[index]!;
  if (/Missing closing|end with a [}\]]/.test(message)) return notClosed(text.slice(0, start));
  if (COMPACT.has(code)) {
    const rest = row.text.slice(start - row.at);
    // A second colon on its line is a fault of that line; else it is the next that went too far in.
    if (/:(\s|$)/.test(rest))
      return {
        start,
        end: start + rest.trimEnd().length,
        message: 'A second `: ` on one line.',
        instead: `quote the value, ${quoted(rest.trim())}, or begin a new line`,
      };
    const next = rows.findIndex((each, at) => at > index && isSpoken(each));
    const own = /^[\w-]+:\S/.test(rest.trimStart()) ? noColon(row, start) : undefined;
    return own ?? misplaced(rows, next) ?? noColon(row, start);
  }
  if (/followed by map values/.test(message)) return noColon(row, start);
  const spoken = rows.findIndex((each, at) => at >= index && isSpoken(each));
  return misplaced(rows, spoken) ?? (code === 'UNEXPECTED_TOKEN' ? goesOn(row, start) : undefined);
}
