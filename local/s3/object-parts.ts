/** Parts of one size, one behind the other: how many, and bytes of each. Most objects have but two such runs. */
export type PartRun = readonly [count: number, size: number];

/** Sizes of parts in their order, as an object's entry keeps them: a list of it is read whenever it is listed. */
export function partRuns(sizes: readonly number[]): PartRun[] {
  const runs: [number, number][] = [];
  for (const size of sizes) {
    const last = runs.at(-1);
    if (last?.[1] === size) last[0]++;
    else runs.push([1, size]);
  }
  return runs;
}

export const partCount = (runs: readonly PartRun[]) => runs.reduce((sum, [count]) => sum + count, 0);

/** Where a part lies, counted from 1: its first byte and the one behind its last. Undefined where there is none. */
export function partBounds(
  runs: readonly PartRun[],
  number: number,
): { readonly start: number; readonly end: number } | undefined {
  let before = 0;
  let start = 0;
  for (const [count, size] of runs) {
    if (number > before && number <= before + count) {
      const from = start + (number - before - 1) * size;
      return { start: from, end: from + size };
    }
    before += count;
    start += count * size;
  }
  return undefined;
}
