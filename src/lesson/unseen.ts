/** What runs or is made before the lesson: no reader sees it, so it begins no step. */
import { Faults } from './faults.ts';
import type { Piece } from './fences.ts';
import { readHeader } from './header.ts';

export function isUnseen(piece: Piece): boolean {
  if (piece.kind !== 'fence' || piece.nested) return false;
  // Its faults are told where it is read.
  const role = readHeader(piece, new Faults('', [])).header?.role;
  return role === 'setup' || role === 'topology';
}
