/**
 * w[j] += Σ_i v[i]·c[i, j], and c[i, j] −= v[i]·w[j], over `rows` x `cols`:
 *
 *     v[i] = v[vOffset + i·vStride], w[j] = w[wOffset + j], c[i, j] = c[cOffset + i·cRowStride + j]
 *
 * Terms are added to w[j] in increasing i, each product rounded before. Lanes run over columns, so all variants give the same bits.
 * w overlaps c in no element that is written. Cost: 2·rows·cols flops.
 */
export type RankOne = (
  rows: number,
  cols: number,
  v: Float64Array,
  vOffset: number,
  vStride: number,
  w: Float64Array,
  wOffset: number,
  c: Float64Array,
  cOffset: number,
  cRowStride: number,
) => void;
