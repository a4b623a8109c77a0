/** A strict reader of TAP 14, as far as reports use it: throws at the first line that has no place. */
export interface TapPoint {
  ok: boolean;
  number: number;
  description: string;
  directive?: string;
  yaml: string[];
  subtest?: TapPoint[];
}

export function readTap(text: string): { points: TapPoint[]; bailed: boolean } {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const lines = text.slice(0, -1).split('\n');
  if (lines.shift() !== 'TAP version 14') throw new Error('no version line');
  const bailed = lines.at(-1)!.startsWith('Bail out!');
  if (bailed) lines.pop();
  return { points: readPoints(lines), bailed };
}

function readPoints(lines: string[]): TapPoint[] {
  const points: TapPoint[] = [];
  let plan: number | undefined;
  let nested: string[] | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const point = /^(not )?ok (\d+) - (.*)$/.exec(line);
    const planned = /^1\.\.(\d+)$/.exec(line);
    if (line.startsWith('    ')) {
      nested ??= [];
      nested.push(line.slice(4));
    } else if (planned) {
      if (plan !== undefined) throw new Error('two plans');
      plan = Number(planned[1]);
    } else if (point) {
      const parts = /^((?:\\[\\#]|[^\\#])*?)(?: # (SKIP.*))?$/.exec(point[3]!);
      if (!parts) throw new Error(`not a description: ${point[3]}`);
      points.push({
        ok: point[1] === undefined,
        number: Number(point[2]),
        description: parts[1]!.replace(/\\([\\#])/g, '$1'),
        directive: parts[2],
        yaml: [],
        subtest: nested && readPoints(nested),
      });
      nested = undefined;
    } else if (line === '  ---') {
      const end = lines.indexOf('  ...', at);
      if (end === -1) throw new Error('a YAML block without an end');
      const yaml = lines.slice(at + 1, end);
      for (const one of yaml) {
        const value = /^ {2}[a-z]+: (.*)$/.exec(one);
        if (!value) throw new Error(`not a field: ${one}`);
        JSON.parse(value[1]!);
      }
      points.at(-1)!.yaml = yaml;
      at = end;
    } else if (!/^# Subtest: /.test(line)) throw new Error(`no place for: ${line}`);
  }
  if (plan !== points.length) throw new Error(`plan ${plan}, points ${points.length}`);
  points.forEach((one, index) => {
    if (one.number !== index + 1) throw new Error(`point ${one.number} at ${index + 1}`);
  });
  return points;
}
