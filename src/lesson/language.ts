/** Which language a lesson is written in: its file's name says it, else its front matter. */
import type { Faults } from './faults.ts';
import type { FrontMatterResult } from './frontmatter.ts';
import type { Identity } from './identity.ts';

export function languageOf(identity: Identity, front: FrontMatterResult, faults: Faults): string {
  const { lang } = front.fields ?? {};
  if (identity.language && lang && lang !== identity.language)
    faults.error(
      'language-mismatch',
      front.spanOf('lang'),
      `The file’s name says \`${identity.language}\`, this says \`${lang}\`.`,
      'take `lang` away',
    );
  return identity.language ?? lang ?? 'en';
}
