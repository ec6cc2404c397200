// Draws the picture of the README: a slice of a volume before and after Tucker compression. From the root of the repository:
//   npx tsx packages/decomposition/examples/volume.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tucker, tuckerToTensor } from '@neuronseek/decomposition';
import { flip, matrixTranspose, slice, type Tensor, tensor } from '@neuronseek/tensor';
import { encodePng, type GrayImage } from './png.js';

// Centre, half-axes, angle about the third axis, density: the head of Shepp and Logan (Kak & Slaney 1988; contrasts of Toft 1996).
const ellipsoids = [
  [0, 0, 0, 0.69, 0.92, 0.81, 0, 1],
  [0, -0.0184, 0, 0.6624, 0.874, 0.78, 0, -0.8],
  [0.22, 0, 0, 0.11, 0.31, 0.22, -18, -0.2],
  [-0.22, 0, 0, 0.16, 0.41, 0.28, 18, -0.2],
  [0, 0.35, -0.15, 0.21, 0.25, 0.41, 0, 0.1],
  [0, 0.1, 0.25, 0.046, 0.046, 0.05, 0, 0.1],
  [0, -0.1, 0.25, 0.046, 0.046, 0.05, 0, 0.1],
  [-0.08, -0.605, 0, 0.046, 0.023, 0.05, 0, 0.1],
  [0, -0.605, 0, 0.023, 0.023, 0.02, 0, 0.1],
  [0.06, -0.605, 0, 0.023, 0.046, 0.02, 0, 0.1],
];

/** Density at a point of [-1, 1]³, with edges that are two voxels of a grid of n³ wide, as a scanner sees them. */
function density(n: number, point: readonly number[]): number {
  let sum = 0;
  for (const [cx, cy, cz, a, b, c, degrees, value] of ellipsoids) {
    const [x, y, z] = [point[0] - cx, point[1] - cy, point[2] - cz];
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const radius = Math.hypot((x * cos + y * sin) / a, (y * cos - x * sin) / b, z / c);
    sum += value / (1 + Math.exp((radius - 1) * Math.min(a, b, c) * n));
  }
  return sum;
}

const n = 64;
const at = (i: number): number => (2 * i + 1) / n - 1;
const voxels = Float64Array.from({ length: n ** 3 }, (_, q) =>
  density(n, [at(Math.floor(q / n ** 2)), at(Math.floor(q / n) % n), at(q % n)]),
);
const volume = tensor(voxels, [n, n, n]);
const small = tucker(volume, { eps: 0.05 });
const numbers = [small.core, ...small.factors].reduce((sum, { size }) => sum + size, 0);

/** Two sections through the middle, side by side; black is 0, white 0.5 and above, so that the brain is seen rather than the skull. */
export function picture(): GrayImage {
  const [zoom, gap] = [4, 8];
  const [width, height] = [2 * n * zoom + gap, n * zoom];
  const pixels = new Uint8Array(width * height).fill(255);
  [volume, tuckerToTensor(small)].forEach((x, panel) => {
    const section = sectionOf(x);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < n * zoom; column++) {
        const value = section[Math.floor(row / zoom) * n + Math.floor(column / zoom)];
        pixels[row * width + panel * (n * zoom + gap) + column] = Math.round(255 * Math.min(1, Math.max(0, 2 * value)));
      }
    }
  });
  return { width, height, pixels };
}

/** The section at the middle of the third axis, the second axis upwards, row by row. */
function sectionOf(x: Tensor): ArrayLike<number> {
  return flip(matrixTranspose(slice(x, [{}, {}, n / 2])), 0).toTypedArray();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('volume.png', import.meta.url), encodePng(picture()));
  process.stdout.write(
    `${small.core.shape.join(' × ')}, 1/${(volume.size / numbers).toFixed(0)}, ${small.relativeError.toFixed(3)}\n`,
  );
}
