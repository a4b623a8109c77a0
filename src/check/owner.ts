/** Users are known by number: a host's own names are not read. `root` is 0 everywhere. */
export function sameOwner(wanted: string, found: string): boolean {
  const id = (user: string) => (user === 'root' ? '0' : user);
  return id(wanted) === id(found);
}
