/**
 * A course's handbook: its glossary and its cheat sheet, GLOSSARY.md and CHEATSHEET.md beside the lessons, each in any
 * language. Plain Markdown that reads well on a forge: an entry is a paragraph or an item of a list that begins with a bold
 * word or with a command, then a dash, then what it means. Pure.
 */

export interface HandbookEntry {
  kind: 'word' | 'command';
  /** `bridge`, `网桥（bridge）`; `ip netns add NAME`. */
  name: string;
  /** What it is found by in a text: the name's parts inside and outside of brackets. */
  forms: readonly string[];
  /** The heading above it; '' where there is none. */
  group: string;
  /** Markdown. */
  text: string;
}

export type Handbook = readonly HandbookEntry[];

const ENTRY = /^(?:[-*] +)?(?:\*\*(.+?)\*\*|`([^`]+)`)\s*(?:—|--)\s*(.*)$/;

function formsOf(name: string): string[] {
  const [outside = '', inside = ''] = name.split(/[（(]/);
  return [outside, inside.replace(/[）)]\s*$/, '')].map((form) => form.trim()).filter((form) => form !== '');
}

export function parseHandbook(text: string): Handbook {
  const entries: HandbookEntry[] = [];
  let group = '';
  let open = false;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const heading = /^#{2,}\s+(.*)$/.exec(line);
    const entry = ENTRY.exec(line);
    if (heading) group = heading[1]!.trim();
    if (entry) {
      const [, word, command, meaning = ''] = entry;
      const name = (word ?? command)!;
      const kind = word === undefined ? 'command' : 'word';
      entries.push({ kind, name, forms: kind === 'word' ? formsOf(name) : [name], group, text: meaning });
    } else if (open && line.trim() !== '' && !heading) {
      const last = entries.at(-1)!;
      entries[entries.length - 1] = { ...last, text: `${last.text}\n${line.trim()}` };
    }
    open = !heading && line.trim() !== '' && (open || entry !== null);
  }
  return entries;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Letters of one script beside another part words too: `veth` in `一对 veth网线`. */
const wordPattern = (form: string): RegExp =>
  /^[\x20-\x7e]+$/.test(form)
    ? new RegExp(`(?<![A-Za-z0-9_-])${escaped(form)}(?:s|es)?(?![A-Za-z0-9_-])`, 'i')
    : new RegExp(escaped(form), 'i');

/** One character may be a word in Chinese, and a part of others: a chain is none in 链接, nor a packet in 包含. */
const COMPOUNDS = /链[接路]|包[含括]|软件包/gu;

/** What of a word of a command stands for itself: `/run/netns/` of `/run/netns/NAME`, `CNI_COMMAND=` of its setting. */
function literal(word: string): string {
  return /^[A-Z_]+=/.exec(word)?.[0] ?? word.replace(/[A-Z]{2}.*$/, '');
}

/** `ip addr add ADDRESS dev NAME` is in `ip -n client addr add 10.0.0.11/24 dev x`: its own words, in order, on one line. */
function commandPattern(name: string): RegExp {
  const words = name.split(/\s+/).flatMap((word) => {
    const own = literal(word);
    if (!/[A-Za-z]/.test(own)) return [];
    return [`(?<![\\w-])${escaped(own)}${own === word && /\w$/.test(own) ? '(?![\\w-])' : ''}`];
  });
  return words.length > 0 ? new RegExp(words.join('[^\\n|;]*?')) : /(?!)/;
}

/** The entries that a text uses: words of the prose, commands of the cells. */
export function entriesIn(handbook: Handbook, { prose, code }: { prose: string; code: string }): Handbook {
  const apart = prose.replace(COMPOUNDS, ' ');
  const uses = (form: string) => wordPattern(form).test([...form].length === 1 ? apart : prose);
  return handbook.filter(({ kind, name, forms }) =>
    kind === 'word' ? forms.some(uses) : commandPattern(name).test(code),
  );
}
