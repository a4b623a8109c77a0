import type { BuildOptions } from 'esbuild';

export const root: string;
export const options: BuildOptions;
export function buildPage(more?: BuildOptions): Promise<{ path: string; contents: Uint8Array | string }[]>;
