/** How alike two sets are: the share of their union that is in both; 1 for two empty sets. What is listed twice counts once. */
export function jaccard(a: Iterable<string>, b: Iterable<string>): number {
  const [left, right] = [new Set(a), new Set(b)];
  let common = 0;
  for (const item of left) if (right.has(item)) common++;
  const union = left.size + right.size - common;
  return union === 0 ? 1 : common / union;
}

/** The mean over all pairs of sets; 1 for fewer than two. Cost: n² sets. */
export function meanJaccard(sets: readonly (readonly string[])[]): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < sets.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += jaccard(sets[i], sets[j]);
      pairs++;
    }
  }
  return pairs === 0 ? 1 : sum / pairs;
}
