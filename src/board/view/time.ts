/** Times on a board: they count, so they have one form. */

/** `0:04`, `12:30`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** What a person types for a timer: `5`, `5m`, `90s`, `1:30`, `1h`. Minutes where no unit is said. */
export function readClock(text: string): number | undefined {
  const typed = text.trim();
  const colon = /^(\d{1,3}):([0-5]\d)$/.exec(typed);
  if (colon) return (Number(colon[1]) * 60 + Number(colon[2])) * 1000 || undefined;
  const plain = /^(\d{1,4}(?:\.\d)?)\s*(s|m|min|h)?$/.exec(typed);
  if (!plain) return undefined;
  const unit = { s: 1000, m: 60_000, min: 60_000, h: 3600_000 }[plain[2] ?? 'm']!;
  const ms = Number(plain[1]) * unit;
  return ms >= 1000 && ms <= 24 * 3600_000 ? ms : undefined;
}
