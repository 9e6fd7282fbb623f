/** English has two forms: one, and all other counts. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
