/** The whole report as one JSON document. */
import type { Reporter } from './model.ts';
import { safeJson } from './safe.ts';

export const json: Reporter = (event) =>
  event.type === 'test-finished' ? `${safeJson(event.report, 2)}\n` : '';
