/** Entries as the YAML of an `.expect` block. Pure. */
import { Document, isCollection, isMap, isSeq } from 'yaml';
import type { Entry } from './model.ts';

/** Fields of an entry stand each on its line; what is inside a field stays on it. */
export function entriesYaml(entries: readonly Entry[]): string {
  const document = new Document(entries);
  if (isSeq(document.contents))
    for (const entry of document.contents.items)
      if (isMap(entry)) for (const { value } of entry.items) if (isCollection(value)) value.flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).replace(/\n$/, '');
}

/** The whole block; its fence is longer than any run of backticks in a value. */
export function expectBlock(entries: readonly Entry[]): string {
  const yaml = entriesYaml(entries);
  const longest = Math.max(2, ...[...yaml.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml {.expect}\n${yaml}\n${fence}`;
}

/** A text as it is: in a check `$NAME` would be a variable of the shell. */
export function literal(text: string): string {
  return text.replace(/\$(?=[A-Za-z_{$])/g, '$$$$');
}
