/** Styled lines as spans. A style becomes a class, or a colour that is made here of numbers: never a text from outside. */
import { type Line, lineText } from '../../page/text/line.ts';
import { STDERR } from '../output.ts';
import { text } from './escape.ts';

const ATTRIBUTES: Readonly<Record<number, string>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
};

/** The steps of xterm's 6x6x6 cube of colours, and its greys (colours 16 to 255). */
const CUBE = [0, 95, 135, 175, 215, 255];

function indexed(index: number): readonly [number, number, number] {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const at = index - 16;
  return [CUBE[Math.floor(at / 36)]!, CUBE[Math.floor(at / 6) % 6]!, CUBE[at % 6]!];
}

const hex = (rgb: readonly number[]): string =>
  `#${rgb
    .map((value) =>
      Math.min(255, Math.max(0, value | 0))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

interface Css {
  classes: string[];
  styles: string[];
}

/** A colour after 38 or 48; how many parameters it took. */
function extended(values: readonly number[], at: number, kind: 'fg' | 'bg', css: Css): number {
  const property = kind === 'fg' ? 'color' : 'background-color';
  if (values[at + 1] === 5) {
    const index = values[at + 2] ?? 0;
    if (index < 16) css.classes.push(`${kind}${index}`);
    else css.styles.push(`${property}:${hex(indexed(Math.min(255, index)))}`);
    return 2;
  }
  css.styles.push(`${property}:${hex([values[at + 2] ?? 0, values[at + 3] ?? 0, values[at + 4] ?? 0])}`);
  return 4;
}

/** The parameters of an SGR sequence, as `page/text/sgr.ts` keeps them. */
export function cssOf(style: string): Css {
  const css: Css = { classes: [], styles: [] };
  if (style === '') return css;
  if (style === STDERR) return { classes: [STDERR], styles: [] };
  const values = style.split(';').map(Number);
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (ATTRIBUTES[value]) css.classes.push(ATTRIBUTES[value]);
    else if (value >= 30 && value <= 37) css.classes.push(`fg${value - 30}`);
    else if (value >= 40 && value <= 47) css.classes.push(`bg${value - 40}`);
    else if (value >= 90 && value <= 97) css.classes.push(`fg${value - 82}`);
    else if (value >= 100 && value <= 107) css.classes.push(`bg${value - 92}`);
    else if (value === 38 || value === 48) at += extended(values, at, value === 38 ? 'fg' : 'bg', css);
  }
  return css;
}

function spanHtml(part: Line[number]): string {
  const { classes, styles } = cssOf(part.style);
  if (classes.length === 0 && styles.length === 0) return text(part.text);
  const attributes = [
    ...(classes.length > 0 ? [` class="${classes.join(' ')}"`] : []),
    ...(styles.length > 0 ? [` style="${styles.join(';')}"`] : []),
  ];
  return `<span${attributes.join('')}>${text(part.text)}</span>`;
}

export function linesHtml(lines: readonly Line[]): string {
  return lines.map((line) => (lineText(line) === '' ? '' : line.map(spanHtml).join(''))).join('\n');
}
