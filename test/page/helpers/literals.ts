/** The texts that stand in a source: what is put into a template stands there as `x1`. */

export interface Literal {
  text: string;
  /** Where it begins in the source. */
  at: number;
}

/** @param from where its quotation mark stands */
export function literal(source: string, from: number): { text: string; end: number } {
  const quote = source[from];
  let text = '';
  for (let at = from + 1; ; at++) {
    if (source[at] === quote) return { text, end: at };
    if (source[at] === '\\') {
      at++;
      text += source[at] === 'n' ? '\n' : source[at];
    } else if (quote === '`' && source.startsWith('${', at)) {
      let depth = 0;
      for (; ; at++) {
        if (source[at] === '{') depth++;
        if (source[at] === '}' && --depth === 0) break;
      }
      text += 'x1';
    } else text += source[at];
  }
}

/** Of a regular expression, whose own signs are no quotation marks. */
function endOfPattern(source: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; ; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '[') inClass = true;
    else if (source[at] === ']') inClass = false;
    else if (source[at] === '/' && !inClass) return at;
  }
}

/** All of them, also those within what is put into a template. */
export function literalsOf(source: string): Literal[] {
  const found: Literal[] = [];
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!;
    if (source.startsWith('//', at)) at = source.indexOf('\n', at);
    else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 1;
    else if (sign === '/' && /(?:[(,=:[!&|?{};]|return)\s*$/.test(source.slice(Math.max(0, at - 20), at)))
      at = endOfPattern(source, at);
    else if (sign === "'" || sign === '"' || sign === '`') {
      const { text, end } = literal(source, at);
      found.push({ text, at });
      if (sign === '`')
        for (const inner of literalsOf(insides(source.slice(at + 1, end)))) found.push({ ...inner, at });
      at = end;
    }
  }
  return found;
}

/** Only what stands in the braces of a template. */
function insides(template: string): string {
  let kept = '';
  for (let at = 0; at < template.length; at++) {
    if (template[at] === '\\') at++;
    else if (template.startsWith('${', at)) {
      let depth = 0;
      const from = at + 2;
      for (; ; at++) {
        if (template[at] === '{') depth++;
        if (template[at] === '}' && --depth === 0) break;
      }
      kept += `(${template.slice(from, at)})\n`;
    }
  }
  return kept;
}

/** Without the calls whose head ends at each match: from its bracket to the one that closes it. */
export function withoutCalls(source: string, heads: RegExp): string {
  let rest = source;
  for (let found = heads.exec(rest); found; found = heads.exec(rest)) {
    let depth = 0;
    let at = found.index + found[0].length - 1;
    for (; at < rest.length; at++) {
      const sign = rest[at]!;
      if (sign === "'" || sign === '"' || sign === '`') at = literal(rest, at).end;
      else if ('([{'.includes(sign)) depth++;
      else if (')]}'.includes(sign) && --depth === 0) break;
    }
    rest = rest.slice(0, found.index) + rest.slice(at + 1);
  }
  return rest;
}

/** A sentence or a phrase, and not a name, a command or what a program reads. */
export const isPhrase = (text: string): boolean =>
  /[a-z]{2,}[ ,:] ?[a-z`{]|^[A-Z][^\n]*\.$/.test(text.replaceAll('x1', '`x`'));
