import { describe, expect, test } from 'vitest';
import { lineText, lineWidth } from '../../../src/page/text/line.ts';
import { createEmulator, type Emulator } from '../../../src/tui/shell/emulator.ts';

async function shown(bytes: string, size = { columns: 20, rows: 4 }, colours = true) {
  const answers: string[] = [];
  const emulator = await createEmulator({
    ...size,
    colours,
    blink: true,
    onChange: () => {},
    onAnswer: (data) => answers.push(data),
  });
  await fed(emulator, bytes);
  return { emulator, answers, text: () => emulator.lines().map((line) => lineText(line).trimEnd()) };
}

/** The emulator works through what it is given in the background; a mark at the end says that it is there. */
async function fed(emulator: Emulator, bytes: string): Promise<void> {
  emulator.write(Buffer.from(bytes));
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('a row is as wide as the window, whatever stands in it', () => {
  test.each([
    ['ascii', 'hello'],
    ['wide', '网络and网络and网络and网络'],
    ['emoji', '👩‍💻👍🏽❤️🇩🇪👨‍👩‍👧'],
    ['marks', 'e\u0301a\u0308\u0323n\u0303'],
    ['an odd column', 'a网网网网网网网网网网'],
    ['direction', 'a\u202eb\u2066c'],
    ['Devanagari and Hangul', 'क्षि 한글 한'],
    ['controls', 'a\x7fb\x9bc\x85d'],
  ])('%s', async (_, bytes) => {
    const { emulator } = await shown(bytes);
    for (const line of emulator.lines()) expect(lineWidth(line)).toBe(20);
  });
});

test('colours and attributes come as styles, and colours go where there shall be none', async () => {
  const bytes = '\x1b[1;31mred\x1b[0m \x1b[38;5;208mo\x1b[48;2;1;2;3mrgb\x1b[0m \x1b[7minv\x1b[0m \x1b[5;8mx';
  const { emulator } = await shown(bytes);
  expect(
    emulator
      .lines()[0]!
      .map(({ text, style }) => [text, style])
      .slice(0, 6),
  ).toEqual([
    ['red', '1;31'],
    [' ', ''],
    ['o', '38;5;208'],
    ['rgb', '38;5;208;48;2;1;2;3'],
    [' ', ''],
    ['inv', '7'],
  ]);
  const plain = await shown(bytes, undefined, false);
  expect(
    plain.emulator
      .lines()[0]!
      .map(({ style }) => style)
      .filter((style) => /[34]/.test(style)),
  ).toEqual([]);
});

test('nothing but text leaves: titles, clipboards, links, images and sizes stay inside', async () => {
  const hostile =
    '\x1b]0;title\x07\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil\x07link\x1b]8;;\x07\x1b[8;200;200t\x1b[?3h' +
    '\x1bP1$r0m\x1b\\\x1b_Gf=100;AAAA\x1b\\\x1b]1337;File=:AAAA\x07\x1b[?1049h\x1b[?1003h\x1b[?2004h\x1b[20tend';
  const { emulator, text } = await shown(hostile);
  expect(text().join('').trim()).toBe('end');
  const all = JSON.stringify(emulator.lines());
  expect(all).not.toMatch(/\\u001b|\\u009b|evil/);
  expect(emulator.keys().bracketedPaste).toBe(true);
});

test('what a program asks its terminal is answered to it', async () => {
  const { answers } = await shown('ab\x1b[6n\x1b[c');
  expect(answers[0]).toBe('\x1b[1;3R');
  expect(answers[1]).toMatch(/^\x1b\[\?[\d;]+c$/);
});

test('the cursor is where the program has it, and hidden when it hides it', async () => {
  const { emulator } = await shown('网a');
  expect(emulator.cursor()).toEqual({ x: 3, y: 0 });
  await fed(emulator, '\x1b[?25l');
  expect(emulator.cursor()).toBeUndefined();
  await fed(emulator, '\x1bc');
  expect(emulator.cursor()).toEqual({ x: 0, y: 0 });
});

test('what was printed before can be looked at, and stays in place while more is printed', async () => {
  const { emulator, text } = await shown(Array.from({ length: 30 }, (_, n) => `line ${n}`).join('\r\n'));
  expect(text().at(-1)).toBe('line 29');
  emulator.scroll(-10);
  expect(text()[0]).toBe('line 16');
  expect(emulator.scrolled()).toBe(10);
  await fed(emulator, '\r\nmore');
  expect(text()[0]).toBe('line 16');
  expect(emulator.cursor()).toBeUndefined();
  emulator.scroll(1e6);
  expect(text().at(-1)).toBe('more');
});

test('another size keeps what was printed', async () => {
  const { emulator, text } = await shown('one two three four\r\n');
  emulator.resize(10, 6);
  expect(text().join('|')).toBe('one two th|ree four||||');
  emulator.resize(1, 1);
  emulator.resize(40, 3);
  for (const line of emulator.lines()) expect(lineWidth(line)).toBe(40);
});

test('a frame that is half there is not shown, but not waited for without end', async () => {
  const { emulator, text } = await shown('before');
  expect(text()[0]).toBe('before');
  await fed(emulator, '\x1b[?2026h\x1b[2J\x1b[Hhalf');
  expect(text()[0]).toBe('before');
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(text()[0]).toBe('half');
});

test('links of the web lead there, others nowhere; what blinks may; nothing else of a link is left', async () => {
  const link = (uri: string, text: string) => `\x1b]8;;${uri}\x1b\\${text}\x1b]8;;\x1b\\`;
  const { emulator } = await shown(
    `${link('https://a.example/x', 'web')} ${link('file:///etc/passwd', 'file')}\r\n\x1b[5mblink\x1b[0m${link('https://a\u202eb', 'odd')}`,
  );
  const spans = emulator.lines().flat();
  const at = (text: string) => spans.find((part) => part.text.includes(text));
  expect(at('web')).toMatchObject({ text: 'web', link: 'https://a.example/x' });
  expect(at('file')?.link).toBeUndefined();
  expect(at('odd')?.link).toBeUndefined();
  expect(at('blink')?.style).toBe('5');
});

test('what the program asks of the mouse, the focus and the keys is known, and forgotten with it', async () => {
  const { emulator } = await shown('\x1b[?1002h\x1b[?1006h\x1b[?1004h\x1b[?1049h\x1b[?2004h');
  expect(emulator.keys()).toMatchObject({
    mouse: 'drag',
    sgr: true,
    focus: true,
    alternate: true,
    bracketedPaste: true,
  });
  await fed(emulator, '\x1b[?1002l\x1b[?1006l\x1b[?1004l\x1b[?1049l');
  expect(emulator.keys()).toMatchObject({ mouse: 'none', sgr: false, focus: false, alternate: false });
});
