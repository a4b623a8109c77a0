/**
 * One line of a cell as the simple commands that it consists of. What is not understood for certain (substitutions,
 * loops, files written, variables set) is not understood at all: the line is then taken to do something. Pure.
 */

export interface Command {
  words: readonly string[];
  /** Followed by `&`. */
  background: boolean;
}

const KEYWORDS: ReadonlySet<string> = new Set(
  '! { } [[ case coproc do done elif else esac fi for function if in select then time until while'.split(' '),
);
const ASSIGNMENT = /^[A-Za-z_]\w*(\[[^\]]*\])?\+?=/;
/** Redirections that lose or join output, and write nothing. */
const HARMLESS = /^(?:\d*>&[12]|\d*>>?\s*\/dev\/null|&>>?\s*\/dev\/null)(?=$|[\s;|&)])/;

class Reader {
  readonly commands: Command[] = [];
  #words: string[] = [];
  #word: string | undefined;
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }

  #endCommand(background: boolean): void {
    this.#endWord();
    if (this.#words.length > 0) this.commands.push({ words: this.#words, background });
    this.#words = [];
  }

  #quoted(quote: string): boolean {
    const end = this.#text.indexOf(quote, this.#at + 1);
    const inside = this.#text.slice(this.#at + 1, end);
    if (end < 0 || (quote === '"' && /[`\\]|\$\(/.test(inside))) return false;
    this.#word = (this.#word ?? '') + inside;
    this.#at = end + 1;
    return true;
  }

  /** False: something that is not understood. */
  #operator(rest: string): boolean {
    const two = rest.slice(0, 2);
    if (two === '&&' || two === '||') {
      this.#endCommand(false);
      this.#at += 2;
    } else if (rest[0] === ';' || rest[0] === '|' || rest[0] === '&') {
      if (two === ';;' || two === '|&') return false;
      this.#endCommand(rest[0] === '&');
      this.#at += 1;
    } else return false;
    return true;
  }

  /** False: something that is not understood. */
  read(): boolean {
    while (this.#at < this.#text.length) {
      const rest = this.#text.slice(this.#at);
      const char = rest[0]!;
      const redirection = this.#word === undefined ? HARMLESS.exec(rest)?.[0] : undefined;
      if (redirection !== undefined) this.#at += redirection.length;
      else if (char === ' ' || char === '\t') {
        this.#endWord();
        this.#at += 1;
      } else if (char === '#' && this.#word === undefined) break;
      else if (char === "'" || char === '"') {
        if (!this.#quoted(char)) return false;
      } else if (/[;|&]/.test(char)) {
        if (!this.#operator(rest)) return false;
      } else if (/[`\\<>(){}]/.test(char) || /^\$[({'"]/.test(rest)) return false;
      else {
        this.#word = (this.#word ?? '') + char;
        this.#at += 1;
      }
    }
    this.#endCommand(false);
    return true;
  }
}

/** @returns undefined for a line that may do anything. */
export function commandsOf(line: string): readonly Command[] | undefined {
  const reader = new Reader(line);
  if (!reader.read()) return undefined;
  const understood = reader.commands.every(({ words: [first = ''] }) => {
    return !KEYWORDS.has(first) && !ASSIGNMENT.test(first) && !/[$*?[~]/.test(first);
  });
  return understood ? reader.commands : undefined;
}
