/** Code in lines, coloured where we know the language, and as it is elsewhere. */
import { type Line, span } from '../text/line.ts';
import type { Theme } from '../theme.ts';
import { highlightShell } from './shell.ts';

const SHELL = new Set(['sh', 'bash', 'shell', 'console', 'zsh', 'ash']);

export function highlight(text: string, language: string, theme: Theme): Line[] {
  const body = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  if (SHELL.has(language)) return highlightShell(body, theme);
  return body.split('\n').map((row) => [span(row.replaceAll('\t', '    '), theme.text)]);
}
