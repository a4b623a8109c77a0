/** A walk through a lesson as one HTML file that needs nothing else: to read, to print, to hand in. */
import type { Block, Lesson } from '../lesson/model.ts';
import type { Trace } from '../trace/model.ts';
import { stamp } from './cells.ts';
import { cellHtml, quizHtml } from './html/cell.ts';
import { documentHtml } from './html/document.ts';
import { attribute, text } from './html/escape.ts';
import { codeHtml, markdownHtml } from './html/markdown.ts';
import type { Exporter, Walk } from './model.ts';
import { tracesOf } from './packet/found.ts';
import type { ExportWords } from './words.ts';

function factsHtml({ lesson, state, source, at }: Walk, words: ExportWords): string {
  const passed = lesson.cells.filter((cell) => state.cells[cell.id]?.status === 'passed').length;
  const facts: [string, string][] = [[words.lesson, `${lesson.id}, ${words.source[source]}`]];
  if (at !== undefined) facts.push([words.walked, stamp(at)]);
  if (source !== 'text') facts.push([words.cells, `${passed} / ${lesson.cells.length}`]);
  if (state.points.possible > 0 && source !== 'text')
    facts.push([words.points, `${state.points.earned} / ${state.points.possible}`]);
  const list = facts.map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join('');
  return `<dl>${list}</dl>`;
}

type Traces = ReadonlyMap<string, readonly Trace[]>;

/** A step's heading is the first line of its prose, but for what stands before the first heading. */
function stepHtml(walk: Walk, index: number, traces: Traces, words: ExportWords): string {
  const { lesson, state } = walk;
  const step = lesson.steps[index]!;
  const blocks = lesson.blocks.slice(step.from, step.to);
  const id = `step-${index + 1}`;
  const body = blocks.map((block, at) => blockHtml(block, at === 0 ? id : undefined));
  const headed = body[0]?.startsWith(`<h2 id="${id}">`) ?? false;
  const name = headed ? `aria-labelledby="${id}"` : `id="${id}" aria-label="${attribute(step.title)}"`;
  return `<section ${name}>\n${body.join('')}</section>\n`;

  function blockHtml(block: Block, heading: string | undefined): string {
    switch (block.kind) {
      case 'prose':
        return markdownHtml(block.markdown, {
          titles: words.titles,
          ...(heading === undefined ? {} : { id: heading }),
        });
      case 'code':
        return codeHtml(block.text);
      case 'cell':
        return cellHtml(block.cell, state.cells[block.cell.id], words, traces.get(block.cell.id));
      case 'quiz':
        return quizHtml(block.quiz, state.quizzes, words);
    }
  }
}

function stepsHtml(lesson: Lesson, words: ExportWords): string {
  const items = lesson.steps.map(
    (step, index) => `<li><a href="#step-${index + 1}">${text(step.title)}</a></li>`,
  );
  return `<nav aria-label="${attribute(words.steps)}">\n<ol>\n${items.join('\n')}\n</ol>\n</nav>`;
}

export const html: Exporter = (walk, { words, version }) => {
  const { lesson } = walk;
  const traces = tracesOf(walk.events);
  const summary = lesson.summary === '' ? '' : `<p class="summary">${text(lesson.summary)}</p>\n`;
  const packets = [...traces.values()].some((all) => all.length > 0);
  const body = `<a class="skip" href="#lesson">${text(words.skip)}</a>
<header>
<h1>${text(lesson.title)}</h1>
${summary}${factsHtml(walk, words)}
</header>
${stepsHtml(lesson, words)}
<main id="lesson">
${lesson.steps.map((_, index) => stepHtml(walk, index, traces, words)).join('')}</main>
<footer><p>${text(words.made(version))}</p></footer>
`;
  return documentHtml({ language: lesson.language, title: lesson.title, version, body, packets });
};
