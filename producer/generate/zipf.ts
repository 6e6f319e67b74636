/**
 * Draws ranks from 1 to `keys` by Zipf's law: rank r in proportion to 1 / r^exponent.
 *
 * @param random gives a number from 0 (included) to 1 (not included).
 */
export function zipf(exponent: number, keys: number, random: () => number): () => number {
  // How much of the whole the ranks up to each have.
  const upTo = new Float64Array(keys);
  let sum = 0;
  for (let rank = 1; rank <= keys; rank++) {
    sum += rank ** -exponent;
    upTo[rank - 1] = sum;
  }
  return () => {
    const point = random() * sum;
    let [low, high] = [0, keys - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((upTo[middle] ?? 0) > point) high = middle;
      else low = middle + 1;
    }
    return low + 1;
  };
}
