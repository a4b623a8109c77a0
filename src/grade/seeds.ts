/**
 * Each learner's numbers: a seed of the course's secret and the learner's id. Who has not the secret can neither guess
 * another's seed nor find the secret from their own. Pure.
 */
import { createHmac } from 'node:crypto';

export function seedOf(secret: string, learner: string): string {
  return createHmac('sha256', secret)
    .update(`wirebook seed 1\n${learner.normalize('NFC')}`)
    .digest('hex')
    .slice(0, 32);
}
