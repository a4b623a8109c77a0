/** Who runs this. In a container that may be a number that no list of users knows. */
import { userInfo } from 'node:os';

export const ownUid = (): number => process.getuid?.() ?? 0;

export function ownName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
