/**
 * Draws the pictures of docs/: the real notebook in a real terminal, walked into the second lesson. Run it by hand when
 * the screen has changed: node scripts/picture.mjs [NAME [FILE]]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

const root = fileURLToPath(new URL('..', import.meta.url));
const PATIENCE_MS = 30_000;

/** The sixteen colours, on a dark ground; then the cube and the greys of xterm's 256. */
const PALETTE =
  '1e2127 e06c75 98c379 e5c07b 61afef c678dd 56b6c2 c8ccd4 5c6370 f0808a a9d68a f0cf8e 7fc1ff d79ae8 7fd0db ffffff'.split(
    ' ',
  );
const GROUND = '#1b1e24';
const INK = '#d7dae0';

function colourOf(number) {
  if (number < 16) return `#${PALETTE[number]}`;
  if (number >= 232) return grey(8 + (number - 232) * 10);
  const level = (part) => (part === 0 ? 0 : 55 + part * 40);
  const cube = number - 16;
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

const hex = (...parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
const grey = (part) => hex(part, part, part);

function paint(isDefault, isRgb, colour, otherwise) {
  if (isDefault) return otherwise;
  return isRgb ? `#${colour.toString(16).padStart(6, '0')}` : colourOf(colour);
}

/** How one cell looks; cells that look alike and stand side by side are drawn as one. */
function lookOf(cell) {
  let ink = paint(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), INK);
  let ground = paint(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), GROUND);
  if (cell.isInverse()) [ink, ground] = [ground, ink];
  const marks = [
    cell.isBold() && 'font-weight="bold"',
    cell.isItalic() && 'font-style="italic"',
    cell.isUnderline() && 'text-decoration="underline"',
    cell.isDim() && 'opacity="0.6"',
  ].filter(Boolean);
  return { ink, ground, marks: marks.join(' ') };
}

function runsOf(line, columns) {
  const runs = [];
  for (let x = 0; x < columns; x++) {
    const cell = line.getCell(x);
    if (cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    const same = last && last.ink === look.ink && last.ground === look.ground && last.marks === look.marks;
    if (same) Object.assign(last, { text: last.text + text, width: last.width + cell.getWidth() });
    else runs.push({ ...look, text, x, width: cell.getWidth() });
  }
  return runs;
}

const escaped = (text) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);

function svg(buffer, { columns, rows, title }) {
  const [wide, high, edge] = [8.43, 18, 14];
  const parts = [];
  for (let y = 0; y < rows; y++) {
    for (const { ink, ground, marks, text, x, width } of runsOf(
      buffer.getLine(buffer.viewportY + y),
      columns,
    )) {
      const [left, top, length] = [edge + x * wide, edge + y * high, width * wide].map((value) =>
        Number(value.toFixed(2)),
      );
      if (ground !== GROUND)
        parts.push(`<rect x="${left}" y="${top}" width="${length}" height="${high}" fill="${ground}"/>`);
      if (!text.trim()) continue;
      // Blanks at the ends are left out, others do not break: browsers do not agree on what becomes of plain ones.
      const [before, after] = [text.length - text.trimStart().length, text.length - text.trimEnd().length];
      const from = Number((left + before * wide).toFixed(2));
      const long = Number(((width - before - after) * wide).toFixed(2));
      const place = `x="${from}" y="${Number((top + 13.5).toFixed(2))}" textLength="${long}"`;
      const shown = escaped(text.trim()).replaceAll(' ', '\u00a0');
      parts.push(`<text ${place} fill="${ink}" ${marks}>${shown}</text>`);
    }
  }
  const [width, height] = [Math.ceil(columns * wide + 2 * edge), rows * high + 2 * edge];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>${title}</title>
<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
${parts.join('\n')}
</g>
</svg>
`;
}

/** Walks into the lesson as far as the picture shows. */
const PICTURES = {
  screen: {
    columns: 96,
    rows: 34,
    title: 'A lesson in the terminal: prose, a cell with its output, and its checks',
    async walk({ until, press }) {
      await until(/sandbox ready/);
      await press('\r', /✓ passed/);
      await press('n', /▌ ╭─ 2 /);
      await press('\r', /▌ ╭─ 2 [^\n]*passed/);
      await press('n', /▌ ╭─ 3 /);
      await press('\r', /Ctrl-R run/);
      await press('ip netns add sever', /sever/);
      await press('\x12', /✗ failed/);
      await press('o', /why/);
    },
  },
  map: {
    columns: 150,
    rows: 40,
    title: 'A lesson beside the map of its network and a shell in one of its namespaces',
    async walk({ until, press }) {
      await until(/sandbox ready/);
      await press('v', /Enter go there/);
      await press('3\r', /y yes/);
      await press('y', /– – –/);
      await press('m', /╭── client/);
      await press('\r', /7 run .*✓ passed/);
      await press('T', /client/);
      await press('2', /[$#] *$/m);
      await press('ip -br addr\r', /UNKNOWN|DOWN|UP/);
      await press('\x1d\x1d', /scroll/);
    },
  },
};

async function draw(name, file) {
  const picture = PICTURES[name];
  const { columns, rows } = picture;
  const state = mkdtempSync(join(tmpdir(), 'wirebook-picture-'));
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const program = pty.spawn(
    process.execPath,
    [join(root, 'bin', 'wirebook.js'), join(root, 'lessons', '02-cable')],
    {
      cols: columns,
      rows,
      name: 'xterm-256color',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        XDG_STATE_HOME: state,
        TERM: 'xterm-256color',
        COLORTERM: 'truecolor',
        LANG: 'C.UTF-8',
      },
    },
  );
  program.onData((data) => screen.write(data));
  screen.onData((answer) => program.write(answer));
  const text = () =>
    Array.from({ length: rows }, (_, y) =>
      screen.buffer.active.getLine(screen.buffer.active.viewportY + y).translateToString(true),
    ).join('\n');
  const until = async (fits) => {
    const end = Date.now() + PATIENCE_MS;
    while (!fits.test(text())) {
      if (Date.now() > end) throw new Error(`the screen never showed ${fits}:\n${text()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const press = async (keys, fits) => {
    program.write(keys);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await until(fits);
  };
  try {
    await picture.walk({ until, press });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    writeFileSync(file, svg(screen.buffer.active, picture));
    process.stdout.write(`${text()}\n\n${file}\n`);
  } finally {
    program.kill('SIGTERM');
    rmSync(state, { recursive: true, force: true });
  }
}

const [only, file] = process.argv.slice(2);
for (const name of only ? [only] : Object.keys(PICTURES))
  await draw(name, file ?? join(root, 'docs', `${name}.svg`));
process.exit(0);
