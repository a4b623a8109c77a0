/** Collects the faults of one file: all of them at once, in the order of the file. */
import type { Diagnostic } from './model.ts';

/** A stretch of one line. Line and column count from 1; columns are UTF-16 units, as editors count. */
export interface Span {
  line: number;
  column: number;
  length: number;
}

export class Faults {
  readonly #file: string;
  readonly #lines: readonly string[];
  readonly #found: Diagnostic[] = [];
  /** Turns a span of the text that is read to one of the file: the two differ where params were put in. */
  toFile: (span: Span) => Span = (span) => span;

  constructor(file: string, lines: readonly string[]) {
    this.#file = file;
    this.#lines = lines;
  }

  get count(): number {
    return this.#found.length;
  }

  error(code: string, span: Span, message: string, instead?: string): void {
    this.#add('error', code, span, message, instead);
  }

  warning(code: string, span: Span, message: string, instead?: string): void {
    this.#add('warning', code, span, message, instead);
  }

  /** True when something found so far refuses the file. */
  get fatal(): boolean {
    return this.#found.some((fault) => fault.severity === 'error');
  }

  /** By place; faults of one place in the order in which they were found. */
  inOrder(): Diagnostic[] {
    return this.#found.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  }

  #add(severity: 'error' | 'warning', code: string, at: Span, message: string, instead?: string): void {
    const span = this.toFile(at);
    const source = this.#lines[span.line - 1] ?? '';
    // A span may reach over its line's end (a YAML block); what is marked is what stands on the line.
    const length = Math.max(1, Math.min(span.length, source.length - span.column + 1));
    const place = { file: this.#file, line: span.line, column: span.column };
    const fault: Diagnostic = { code, severity, message, place, length, source };
    if (instead !== undefined) fault.instead = instead;
    this.#found.push(fault);
  }
}
