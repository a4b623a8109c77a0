/** The hosts that a lesson may speak of. */
import { suggest } from '../lib/suggest.ts';
import type { Faults, Span } from './faults.ts';
import type { FrontMatter } from './frontmatter.ts';
import type { LessonHost } from './model.ts';

export class Hosts {
  readonly list: readonly LessonHost[];
  readonly #known: boolean;

  /** Without a readable front matter nobody knows which hosts there are: then none is called wrong. */
  constructor(fields: FrontMatter | undefined) {
    this.#known = fields !== undefined;
    this.list = (fields?.hosts ?? ['host']).map((host) => (typeof host === 'string' ? { name: host } : host));
  }

  /** The one that runs what names none. */
  get first(): string {
    return this.list[0]!.name;
  }

  check(name: string, span: Span, faults: Faults): void {
    const names = this.list.map((host) => host.name);
    if (!this.#known || names.includes(name)) return;
    const near = suggest(name, names);
    const instead = near
      ? `did you mean \`${near}\`?`
      : `declare it: \`hosts: [${[...names, name].join(', ')}]\` in the front matter`;
    faults.error('undeclared-host', span, `The lesson has no host \`${name}\`.`, instead);
  }
}
