/**
 * Colours for shell text. The whole block is read at once, so that a string or a here-document that spans lines is
 * one. It is a reader of tokens, not of grammar: enough to tell comments, strings, variables, options and commands apart.
 */
import type { Line, Span } from '../text/line.ts';
import type { Theme } from '../theme.ts';

type Kind = keyof Theme['shell'] | 'text';

const TOKENS: readonly (readonly [Kind, RegExp])[] = [
  ['text', /\\[\s\S]/y],
  ['string', /'[^']*(?:'|$)/y],
  ['string', /"(?:\\[\s\S]|[^"\\])*(?:"|$)/y],
  ['variable', /\$(?:\{[^}\n]*\}?|[A-Za-z_]\w*|[0-9@#?$!*-])/y],
  ['operator', /\|\||&&|;;|<<-?|>>|[|&;<>(){}`]|\$\(/y],
  ['option', /(?<=^|\s)--?[A-Za-z0-9][\w-]*/y],
  ['number', /(?<=^|[\s=:/])\d[\d.:/]*(?=$|[\s;)])/y],
  ['text', /\n/y],
  ['text', /[ \t\r]+/y],
  ['text', /[^\s'"$|&;<>(){}`\\]+/y],
];

const COMMENT = /#[^\n]*/y;
/** After these a command follows; everything else on the line is its arguments. */
const COMMAND_FOLLOWS = /^(?:\n|\|\|?|&&?|;;?|\$?\(|\{|`)$/;
const KEYWORD = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|time|sudo|exec|!)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
const HEREDOC = /<<-?\s*(['"]?)([A-Za-z_]\w*)\1/y;

interface Token {
  kind: Kind;
  text: string;
}

function* tokens(text: string): Generator<Token> {
  let at = 0;
  let commandNext = true;
  const waiting: string[] = [];
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const comment = (at === 0 || /[\s;]/.test(text[at - 1]!)) && take(COMMENT);
    if (comment) {
      yield { kind: 'comment', text: comment[0] };
      at += comment[0].length;
      continue;
    }
    const heredoc = take(HEREDOC);
    if (heredoc) waiting.push(heredoc[2]!);
    const found = TOKENS.map(([kind, pattern]) => ({ kind, match: take(pattern) })).find(
      ({ match }) => match,
    );
    const piece = found?.match?.[0] ?? text[at]!;
    let kind = found?.kind ?? 'text';
    at += piece.length;
    if (kind === 'text' && /\S/.test(piece) && commandNext) {
      if (!ASSIGNMENT.test(piece)) {
        kind = 'command';
        commandNext = KEYWORD.test(piece);
      }
    } else if (kind !== 'text' || piece === '\n') commandNext = COMMAND_FOLLOWS.test(piece);
    yield { kind, text: piece };
    // The body of a here-document starts on the line after it.
    if (piece === '\n' && waiting.length > 0) {
      const closing = new RegExp(`^\\t*${waiting.shift()}$`, 'mg');
      closing.lastIndex = at;
      const stop = closing.exec(text)?.index ?? text.length;
      if (stop > at) yield { kind: 'string', text: text.slice(at, stop) };
      at = stop;
    }
  }
}

/** One line for each line of `text`. */
export function highlightShell(text: string, theme: Theme): Line[] {
  const lines: Span[][] = [[]];
  for (const token of tokens(text)) {
    const style = token.kind === 'text' ? theme.text : theme.shell[token.kind];
    token.text.split('\n').forEach((row, index) => {
      if (index > 0) lines.push([]);
      if (row !== '') lines.at(-1)!.push({ text: row.replaceAll('\t', '    '), style });
    });
  }
  return lines;
}
