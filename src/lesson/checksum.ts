/** Whether bytes are those that were written, against accidents: quick, and there before anything is loaded. Pure. */
export function checksum(bytes: Uint8Array): number {
  const whole = bytes.length >> 2;
  // Words begin at multiples of four; what was read begins anywhere.
  const words = new Int32Array(new Uint8Array(bytes.subarray(0, whole * 4)).buffer);
  let sum = bytes.length;
  for (let at = 0; at < whole; at++) sum = Math.imul(sum ^ words[at]!, 0x01000193) ^ (sum >>> 15);
  for (let at = whole * 4; at < bytes.length; at++) sum = Math.imul(sum ^ bytes[at]!, 0x01000193);
  return sum >>> 0;
}
