export const BANNER: string;
export function withoutFacades(text: string): { text: string; count: number };
