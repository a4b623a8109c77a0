/** What takes the terminal for itself is not begun again while it lasts: the key may have come twice before it had it. */
export function oneAtATime<Given extends unknown[]>(
  does: (...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  let lasts = false;
  return async (...given) => {
    if (lasts) return;
    lasts = true;
    try {
      await does(...given);
    } finally {
      lasts = false;
    }
  };
}
