/** Mean and deviation (that of the population) of at least one finite number; no square over- or underflows. */
export function moments(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const spread = values.reduce((largest, v) => Math.max(largest, Math.abs(v - mean)), 0);
  if (spread === 0) return { mean, deviation: 0 };
  const squares = values.reduce((sum, v) => sum + ((v - mean) / spread) * ((v - mean) / spread), 0);
  return { mean, deviation: spread * Math.sqrt(squares / n) };
}
