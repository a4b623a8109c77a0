/** What of a bundle is not as it was made, each in a sentence. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import { answersMarkdown } from '../../session/journal/answers.ts';
import { readJournal } from '../../session/journal/read.ts';
import { restore } from '../../session/journal/restore.ts';
import {
  ANSWERS,
  chainOf,
  isSignedBy,
  JOURNAL,
  linesOf,
  MANIFEST,
  type Manifest,
  manifestSchema,
  sha256,
} from './manifest.ts';

export interface Finding {
  /** `changed`: not what was handed in. `unknown`: could not be told. */
  kind: 'changed' | 'unknown';
  text: string;
}

export type Verified = {
  manifest?: Manifest;
  findings: readonly Finding[];
  /** `valid` by the given key; `unchecked`: signed, but no key was given. */
  signature: 'valid' | 'invalid' | 'none' | 'unchecked';
};

export function readManifest(files: ReadonlyMap<string, Uint8Array>): Manifest | undefined {
  const bytes = files.get(MANIFEST);
  if (bytes === undefined) return undefined;
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** @param lesson when it is at hand: then the answers are held against the journal as well */
export function verifyBundle(
  files: ReadonlyMap<string, Uint8Array>,
  { publicKey, lesson }: { publicKey?: string; lesson?: Lesson } = {},
): Verified {
  const manifest = readManifest(files);
  if (manifest === undefined)
    return {
      findings: [{ kind: 'changed', text: `${MANIFEST} is missing or cannot be read.` }],
      signature: 'none',
    };
  const findings: Finding[] = [];
  const changed = (text: string): number => findings.push({ kind: 'changed', text });
  for (const [name, digest] of Object.entries(manifest.files)) {
    const bytes = files.get(name);
    if (bytes === undefined) changed(`${name} was taken out.`);
    else if (sha256(bytes) !== digest && name !== JOURNAL)
      changed(`${name} was changed after it was bundled.`);
  }
  for (const name of files.keys())
    if (name !== MANIFEST && !Object.hasOwn(manifest.files, name)) changed(`${name} was added.`);
  const journal = files.get(JOURNAL);
  if (journal !== undefined)
    findings.push(...journalFindings(manifest, Buffer.from(journal).toString('utf8')));
  if (lesson !== undefined && journal !== undefined) findings.push(...answerFindings(files, lesson));
  const signature =
    manifest.signature === undefined
      ? 'none'
      : publicKey === undefined
        ? 'unchecked'
        : isSignedBy(manifest, publicKey)
          ? 'valid'
          : 'invalid';
  if (signature === 'invalid')
    changed(
      'The signature is not the one of this key: the manifest was changed, or another class has signed it.',
    );
  return { manifest, findings, signature };
}

function journalFindings(manifest: Manifest, journal: string): Finding[] {
  const lines = linesOf(journal);
  const chain = chainOf(manifest, lines);
  const differs = chain.findIndex((link, index) => link.slice(0, 32) !== manifest.chain[index]);
  const changed = (text: string): Finding[] => [{ kind: 'changed', text }];
  if (differs >= 0 && differs < manifest.chain.length)
    return changed(
      `${JOURNAL}:${differs + 1} was changed, taken out or put in${told(lines[differs])}; the ${differs} lines before it are as they were.`,
    );
  if (lines.length > manifest.chain.length)
    return changed(
      `${JOURNAL} has ${lines.length - manifest.chain.length} lines more than when it was bundled.`,
    );
  if (lines.length < manifest.chain.length)
    return changed(`${JOURNAL} has lost its last ${manifest.chain.length - lines.length} lines.`);
  if ((chain.at(-1) ?? manifest.head) !== manifest.head) return changed(`The end of ${JOURNAL} was changed.`);
  return Object.hasOwn(manifest.files, JOURNAL) && sha256(journal) !== manifest.files[JOURNAL]
    ? changed(`${JOURNAL} was changed after it was bundled.`)
    : [];
}

function told(line: string | undefined): string {
  try {
    const { type, cell } = JSON.parse(line ?? '') as { type?: unknown; cell?: unknown };
    const what = [type, cell].filter((one) => typeof one === 'string').join(' of ');
    return what === '' ? '' : ` (now: ${what.slice(0, 100)})`;
  } catch {
    return '';
  }
}

function answerFindings(files: ReadonlyMap<string, Uint8Array>, lesson: Lesson): Finding[] {
  const restored = restore(readJournal(files.get(JOURNAL)!), lesson, 0);
  const answers = files.get(ANSWERS);
  if (restored === undefined || answers === undefined) return [];
  const expected = answersMarkdown(lesson, restored.state);
  if (expected === undefined || restored.changed.length > 0)
    return [
      {
        kind: 'unknown',
        text: 'The lesson has changed since; the answers cannot be held against the journal.',
      },
    ];
  const plain = (text: string): string =>
    text.replace(/^### .*$/gm, (line) => line.replace(/ \(.*/, '')).replace(/^Answers to .*$/m, '');
  return plain(expected) === plain(Buffer.from(answers).toString('utf8'))
    ? []
    : [{ kind: 'changed', text: `${ANSWERS} does not say what the journal says.` }];
}
