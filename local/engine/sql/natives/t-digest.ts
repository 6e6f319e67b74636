/**
 * Values with weights, by which percentiles are told: of few values each stands for itself, of many those that are near
 * each other become one centroid. The arithmetic is Trino's, so that what lies between two values does as well.
 * @see https://github.com/airlift/airlift/blob/master/stats/src/main/java/io/airlift/stats/TDigest.java
 */
export class TDigest {
  private centroids: readonly Centroid[] = [];
  private added: Centroid[] = [];
  private weight = 0;
  private least = Number.POSITIVE_INFINITY;
  private greatest = Number.NEGATIVE_INFINITY;
  /** Merging begins at either end by turns. */
  private backwards = false;

  add(mean: number, weight: number): void {
    if (this.centroids.length + this.added.length === MOST_CENTROIDS) this.merge();
    this.added.push({ mean, weight });
    this.weight += weight;
    this.least = Math.min(this.least, mean);
    this.greatest = Math.max(this.greatest, mean);
  }

  /** The value below which a share of the weight lies, from 0 to 1. */
  valueAt(quantile: number): number {
    if (this.added.length > 0) this.merge();
    const { centroids, weight, least, greatest } = this;
    const [first, last] = [centroids[0], centroids.at(-1)];
    if (!first || !last) return Number.NaN;
    if (centroids.length === 1) return first.mean;
    const offset = quantile * weight;
    if (offset < 1) return least;
    if (offset < first.weight / 2) return least + rise(offset, 1, least, first.weight / 2, first.mean);
    const fromEnd = weight - offset;
    if (offset <= weight - 1 && fromEnd <= last.weight / 2 && last.weight > 2)
      return greatest + rise(fromEnd, 1, greatest, last.weight / 2, last.mean);
    if (offset >= weight - 1) return greatest;
    return this.between(offset) ?? greatest;
  }

  private between(offset: number): number | undefined {
    let before = (this.centroids[0]?.weight ?? 0) / 2;
    for (const [i, left] of this.centroids.entries()) {
      const right = this.centroids[i + 1];
      if (!right) return undefined;
      const length = (left.weight + right.weight) / 2;
      if (before + length > offset) return valueBetween(left, right, offset - before);
      before += length;
    }
    return undefined;
  }

  private merge(): void {
    const sorted = [...this.centroids, ...this.added].sort((a, b) => a.mean - b.mean);
    if (this.backwards) sorted.reverse();
    const merged = mergedCentroids(sorted, this.weight);
    this.centroids = this.backwards ? merged.reverse() : merged;
    this.added = [];
    this.backwards = !this.backwards;
  }
}

interface Centroid {
  readonly mean: number;
  readonly weight: number;
}

const COMPRESSION = 200;
const MOST_CENTROIDS = 6 * (COMPRESSION + 10);

/** Neighbours as one, as long as that is small beside what lies to either side of it. */
function mergedCentroids(sorted: readonly Centroid[], total: number): Centroid[] {
  const normalizer = COMPRESSION / (4 * Math.log(total / COMPRESSION) + 24);
  const most = (quantile: number) => (quantile * (1 - quantile)) / normalizer;
  const merged: Centroid[] = [];
  let [current] = sorted;
  let before = 0;
  for (const next of sorted.slice(1)) {
    if (!current) break;
    const weight: number = current.weight + next.weight;
    const share = Math.min((before + weight) / total, 1);
    if (weight <= total * Math.min(most(before / total), most(share))) {
      current = { mean: current.mean + ((next.mean - current.mean) * next.weight) / weight, weight };
    } else {
      merged.push(current);
      before += current.weight;
      current = next;
    }
  }
  return current ? [...merged, current] : merged;
}

/** A value `at` some weight behind the middle of a centroid. What stands for one value is that, and no way to the next. */
function valueBetween(left: Centroid, right: Centroid, at: number): number {
  if (left.weight === 1 && at < left.weight / 2) return left.mean;
  if (right.weight === 1 && at >= left.weight / 2) return right.mean;
  if (left.weight === 1) return left.mean + rise(at - 0.5, 0, left.mean, right.weight / 2, right.mean);
  const length = right.weight === 1 ? left.weight / 2 : (left.weight + right.weight) / 2;
  return left.mean + rise(at, 0, left.mean, length, right.mean);
}

function rise(x: number, x0: number, y0: number, x1: number, y1: number): number {
  return ((x - x0) / (x1 - x0)) * (y1 - y0);
}
