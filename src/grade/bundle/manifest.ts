/**
 * The bundle of a learner's own work: `manifest.json`, `answers.md`, `journal.ndjson` (with what was observed) in one zip.
 * The manifest holds the digest of each file and a chain over the journal's lines, each link made of the one before, so
 * that a change can be told by its line. Where the class has a key, its signature stands over all of it: without one the
 * chain shows accidents and patches, but who makes the whole anew makes the chain anew as well. Pure.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../../lib/errors.ts';

export const MANIFEST = 'manifest.json';
export const ANSWERS = 'answers.md';
export const JOURNAL = 'journal.ndjson';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

export const manifestSchema = z.object({
  wirebook: z.literal('submission'),
  version: z.literal(1),
  lesson: z.string().max(500),
  title: z.string().max(5000),
  /** Of the lesson's file as it was walked. */
  hash: z.string().max(128),
  learner: z.string().max(500),
  /** What the learner's numbers came of; absent where the lesson has none of its own for each. */
  seed: z.string().max(500).optional(),
  createdAt: z.string().max(64),
  files: z.record(z.string().max(100), hex),
  /** First half of each link of the chain over the journal's lines. */
  chain: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(200_000),
  head: hex,
  /** Ed25519, base64, over the rest of the manifest. */
  signature: z.string().max(200).optional(),
});
export type Manifest = z.output<typeof manifestSchema>;

export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

export const linesOf = (journal: string): string[] => {
  const lines = journal.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

/** The chain begins with who and what it is for: links of one bundle mean nothing in another. */
export function chainOf(start: { lesson: string; learner: string }, lines: readonly string[]): string[] {
  const links: string[] = [];
  let before = sha256(`wirebook chain 1\n${JSON.stringify([start.lesson, start.learner])}`);
  for (const line of lines) {
    before = sha256(`${before}\n${line}`);
    links.push(before);
  }
  return links;
}

/** What is signed: everything but the signature, its keys in one order whatever the JSON had. */
function signedText({ signature: _, ...rest }: Manifest): Buffer {
  const ordered = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, ordered(inner)]),
        )
      : value;
  return Buffer.from(`wirebook submission 1\n${JSON.stringify(ordered(rest))}`);
}

/** @throws InputError `bad-key` */
export function signManifest(manifest: Manifest, pem: string): Manifest {
  const key = keyFrom('private', pem);
  return { ...manifest, signature: sign(null, signedText(manifest), key).toString('base64') };
}

/** @throws InputError `bad-key` */
export function isSignedBy(manifest: Manifest, pem: string): boolean {
  if (manifest.signature === undefined) return false;
  return verify(
    null,
    signedText(manifest),
    keyFrom('public', pem),
    Buffer.from(manifest.signature, 'base64'),
  );
}

function keyFrom(kind: 'private' | 'public', pem: string) {
  try {
    // A public key is made of a private one too.
    const key = kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below.
  }
  throw new InputError('bad-key', `This is no ${kind} Ed25519 key in PEM form.`, [
    'The class makes a pair: openssl genpkey -algorithm ed25519 -out class.pem',
    'and its public half: openssl pkey -in class.pem -pubout -out class.pub',
  ]);
}
