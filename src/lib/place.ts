/** A place in a file. Line and column count from 1, as editors do. */
export interface Place {
  file: string;
  line: number;
  column: number;
}
