/** The colours of a program's output, as a terminal keeps them: one slot for each thing that SGR can set. */

export interface SgrState {
  foreground: string;
  background: string;
  /** Bold, dim, italic, underline, inverse, strikethrough that are on, by their parameter. */
  attributes: readonly number[];
}

export const PLAIN: SgrState = { foreground: '', background: '', attributes: [] };

const ATTRIBUTES = new Set([1, 2, 3, 4, 7, 9]);
const OFF: Readonly<Record<number, readonly number[]>> = { 22: [1, 2], 23: [3], 24: [4], 27: [7], 29: [9] };

/** A colour after 38 or 48: `5;N` or `2;R;G;B`. Returns the parameters it took, none when malformed. */
function extended(values: readonly number[], at: number): readonly number[] {
  const byte = (value: number | undefined) => value !== undefined && value >= 0 && value <= 255;
  if (values[at + 1] === 5 && byte(values[at + 2])) return values.slice(at, at + 3);
  const rgb = values.slice(at + 2, at + 5);
  if (values[at + 1] === 2 && rgb.length === 3 && rgb.every(byte)) return values.slice(at, at + 5);
  return [];
}

/** Applies the parameters of one `CSI ... m`. Blink and conceal are left out on purpose: the one disturbs, the other hides. */
export function applySgr(state: SgrState, parameters: string): SgrState {
  const values = parameters.split(/[;:]/).map((value) => (value === '' ? 0 : Number.parseInt(value, 10)));
  let { foreground, background } = state;
  let attributes = [...state.attributes];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value === 0) {
      foreground = '';
      background = '';
      attributes = [];
    } else if (ATTRIBUTES.has(value)) {
      if (!attributes.includes(value)) attributes.push(value);
    } else if (OFF[value]) attributes = attributes.filter((one) => !OFF[value]!.includes(one));
    else if ((value >= 30 && value <= 37) || (value >= 90 && value <= 97)) foreground = String(value);
    else if ((value >= 40 && value <= 47) || (value >= 100 && value <= 107)) background = String(value);
    else if (value === 39) foreground = '';
    else if (value === 49) background = '';
    else if (value === 38 || value === 48) {
      const taken = extended(values, at);
      if (taken.length === 0) break;
      if (value === 38) foreground = taken.join(';');
      else background = taken.join(';');
      at += taken.length - 1;
    }
  }
  return { foreground, background, attributes };
}

/** The state as parameters of one SGR; without colours where there shall be none. */
export function sgrStyle(state: SgrState, colours: boolean): string {
  const parts = state.attributes.map(String);
  if (colours && state.foreground !== '') parts.push(state.foreground);
  if (colours && state.background !== '') parts.push(state.background);
  return parts.join(';');
}
