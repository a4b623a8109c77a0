/**
 * What a translation begins as: the original's own text, without what stands once, and with the words of its checks gathered
 * where they go. It is a valid translation already, into the language that it is in. Pure.
 */
import { isMap, isSeq } from 'yaml';
import { Faults } from '../faults.ts';
import { type Fence, readPieces } from '../fences.ts';
import { readFrontMatter } from '../frontmatter.ts';
import { readHeader } from '../header.ts';
import type { Lesson } from '../model.ts';
import { readYaml } from '../yaml.ts';
import { digestsOf, stepWords } from './digest.ts';

/** Ids and words as they stand in the file, params unfilled; `from` checks of the cell came before. */
function checksOf(fence: Fence, cell: string, from: number): { id: string; says?: string }[] {
  // The lesson is free of faults; only its values are wanted here.
  const tree = readYaml({ lines: fence.lines, line: 1 }, new Faults('', fence.lines));
  if (!tree || !isSeq(tree.root)) return [];
  return tree.root.items.map((node, i) => {
    const map = tree.resolve(node);
    const field = (name: string): unknown => (isMap(map) ? map.get(name) : undefined);
    const id = field('id');
    const says = field('says');
    return {
      id: typeof id === 'string' ? id : `${cell}/${from + i + 1}`,
      ...(typeof says === 'string' ? { says } : {}),
    };
  });
}

/** Those that have words, to be translated; the others as comments, as they may have some too. */
function saysBlock(checks: readonly { id: string; says?: string }[]): string[] {
  const lines = checks.map(({ id, says }) =>
    says === undefined ? `# ${id}: ` : `${id}: ${JSON.stringify(says)}`,
  );
  return checks.some(({ says }) => says !== undefined) ? ['```yaml {.says}', ...lines, '```'] : [];
}

/** @param text the original's; `lesson` is what it parses to */
export function translationSkeleton(text: string, lesson: Lesson): string {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const faults = new Faults(lesson.file, lines);
  const front = readFrontMatter(lines, faults);
  const out = ['---', `title: ${JSON.stringify(lesson.title)}`];
  if (lesson.summary !== '') out.push(`summary: ${JSON.stringify(lesson.summary)}`);
  out.push(`of: "${digestsOf(stepWords(text))}"`, '---');
  let at = front.length;
  let cells = 0;
  let checks = 0;
  for (const piece of readPieces(lines, front.length)) {
    if (piece.kind !== 'fence' || piece.nested) continue;
    const role = readHeader(piece, faults).header?.role;
    const end = piece.line + piece.lines.length + 1;
    if (role === 'run' || role === 'task') {
      cells += 1;
      checks = 0;
    }
    if (role !== 'expect' && role !== 'setup' && role !== 'topology') continue;
    out.push(...lines.slice(at, piece.line - 1));
    if (role === 'expect') {
      const found = checksOf(piece, lesson.cells[cells - 1]?.id ?? '', checks);
      checks += found.length;
      out.push(...saysBlock(found));
    }
    at = end;
    // What is taken away does not leave two blank lines where it stood.
    if (out.at(-1)?.trim() === '' && lines[at]?.trim() === '') at += 1;
  }
  out.push(...lines.slice(at));
  return `${out.join('\n').trimEnd()}\n`;
}
