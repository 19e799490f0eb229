const f = Math.fround;

interface Stage {
  readonly radix: number;
  readonly spacing: number;
  readonly twiddles: Float32Array;
  readonly oddRoots: Float32Array;
}

/** cos and sin of 2πk/size, interleaved, for the first values of k. */
function roots(size: number, count: number): Float32Array {
  const values = new Float32Array(2 * count);
  for (let k = 0; k < count; k++) {
    values[2 * k] = Math.cos((2 * Math.PI * k) / size);
    values[2 * k + 1] = Math.sin((2 * Math.PI * k) / size);
  }
  return values;
}

/**
 * The Fourier transform of real signals of one size in single precision, with the order of operations of Mingling.Audio, so that the bits
 * are the same. Put sample n at `work[slots[n]]`; afterwards frequency k is at `work[2k]` (real) and `work[2k + 1]` (imaginary).
 */
export class RealFft {
  readonly work: Float32Array;
  readonly slots: Int32Array;
  readonly isHalved: boolean;
  private readonly points: number;
  private readonly stages: Stage[] = [];
  private readonly unpacking: Float32Array;
  private readonly odd: Float32Array;

  constructor(readonly size: number) {
    this.isHalved = size % 2 === 0;
    this.points = this.isHalved ? size / 2 : size;
    const radices = factors(this.points);
    let spacing = 1;
    for (const radix of radices) {
      this.stages.push(stageOf(radix, spacing));
      spacing *= radix;
    }
    this.slots = this.sampleSlots(radices);
    this.unpacking = this.isHalved ? roots(size, Math.trunc(this.points / 2) + 1) : new Float32Array(0);
    this.work = new Float32Array(2 * (this.points + 1));
    this.odd = new Float32Array(2 * Math.max(1, ...radices));
  }

  transform(): void {
    for (const stage of this.stages) {
      if (stage.radix === 4) this.four(stage);
      else if (stage.radix === 2) this.two(stage);
      else this.joinOdd(stage);
    }
    if (this.isHalved) this.unpack();
  }

  private sampleSlots(radices: number[]): Int32Array {
    const slots = new Int32Array(this.size);
    for (let place = 0; place < this.points; place++) {
      let point = 0, stride = 1, rest = place, length = this.points;
      for (let s = radices.length - 1; s >= 0; s--) {
        length /= radices[s];
        point += Math.trunc(rest / length) * stride;
        rest %= length;
        stride *= radices[s];
      }
      if (this.isHalved) {
        slots[2 * point] = 2 * place;
        slots[2 * point + 1] = 2 * place + 1;
      } else {
        slots[point] = 2 * place;
      }
    }
    return slots;
  }

  private four(stage: Stage): void {
    const { spacing, twiddles } = stage;
    const w = this.work;
    const step = 2 * spacing;
    for (let block = 0; block < this.points; block += 4 * spacing) {
      for (let j = 0; j < spacing; j++) {
        const a = 2 * (block + j), b = a + step, c = b + step, d = c + step;
        let br = w[b], bi = w[b + 1], cr = w[c], ci = w[c + 1], dr = w[d], di = w[d + 1];
        if (j > 0) {
          const t = 6 * (j - 1);
          let re = br, im = bi;
          br = f(f(re * twiddles[t]) + f(im * twiddles[t + 1]));
          bi = f(f(im * twiddles[t]) - f(re * twiddles[t + 1]));
          re = cr; im = ci;
          cr = f(f(re * twiddles[t + 2]) + f(im * twiddles[t + 3]));
          ci = f(f(im * twiddles[t + 2]) - f(re * twiddles[t + 3]));
          re = dr; im = di;
          dr = f(f(re * twiddles[t + 4]) + f(im * twiddles[t + 5]));
          di = f(f(im * twiddles[t + 4]) - f(re * twiddles[t + 5]));
        }
        const ar = w[a], ai = w[a + 1];
        const evenSumR = f(ar + cr), evenSumI = f(ai + ci), evenDifferenceR = f(ar - cr), evenDifferenceI = f(ai - ci);
        const oddSumR = f(br + dr), oddSumI = f(bi + di), oddDifferenceR = f(br - dr), oddDifferenceI = f(bi - di);
        w[a] = evenSumR + oddSumR;
        w[a + 1] = evenSumI + oddSumI;
        w[b] = evenDifferenceR + oddDifferenceI;
        w[b + 1] = evenDifferenceI - oddDifferenceR;
        w[c] = evenSumR - oddSumR;
        w[c + 1] = evenSumI - oddSumI;
        w[d] = evenDifferenceR - oddDifferenceI;
        w[d + 1] = evenDifferenceI + oddDifferenceR;
      }
    }
  }

  private two(stage: Stage): void {
    const { spacing, twiddles } = stage;
    const w = this.work;
    for (let block = 0; block < this.points; block += 2 * spacing) {
      for (let j = 0; j < spacing; j++) {
        const a = 2 * (block + j), b = a + 2 * spacing;
        let br = w[b], bi = w[b + 1];
        if (j > 0) {
          const t = 2 * (j - 1), re = br, im = bi;
          br = f(f(re * twiddles[t]) + f(im * twiddles[t + 1]));
          bi = f(f(im * twiddles[t]) - f(re * twiddles[t + 1]));
        }
        const ar = w[a], ai = w[a + 1];
        w[a] = ar + br;
        w[a + 1] = ai + bi;
        w[b] = ar - br;
        w[b + 1] = ai - bi;
      }
    }
  }

  /** X[k], X[r−k] = x₀ + Σ cos(2πqk/r)(x_q + x_{r−q}) ∓ i Σ sin(2πqk/r)(x_q − x_{r−q}). */
  private joinOdd(stage: Stage): void {
    const { radix, spacing, twiddles, oddRoots } = stage;
    const w = this.work, sums = this.odd, step = 2 * spacing;
    const point = (at: number, j: number, q: number): [number, number] => {
      const re = w[at + q * step], im = w[at + q * step + 1];
      if (j === 0) return [re, im];
      const t = 2 * ((j - 1) * (radix - 1) + q - 1);
      return [f(f(re * twiddles[t]) + f(im * twiddles[t + 1])), f(f(im * twiddles[t]) - f(re * twiddles[t + 1]))];
    };
    for (let block = 0; block < this.points; block += radix * spacing) {
      for (let j = 0; j < spacing; j++) {
        const first = 2 * (block + j);
        [sums[0], sums[1]] = [w[first], w[first + 1]];
        for (let q = 1; 2 * q < radix; q++) {
          const [ar, ai] = point(first, j, q), [br, bi] = point(first, j, radix - q);
          const at = 4 * q - 2;
          sums[at] = ar + br;
          sums[at + 1] = ai + bi;
          sums[at + 2] = ar - br;
          sums[at + 3] = ai - bi;
        }
        let totalReal = sums[0], totalImaginary = sums[1];
        for (let k = 1; 2 * k < radix; k++) {
          let evenReal = sums[0], evenImaginary = sums[1], oddReal = 0, oddImaginary = 0, root = 0;
          for (let q = 1; 2 * q < radix; q++) {
            root = root + k >= radix ? root + k - radix : root + k;
            const cos = oddRoots[2 * root], sin = oddRoots[2 * root + 1], at = 4 * q - 2;
            evenReal = f(evenReal + f(cos * sums[at]));
            evenImaginary = f(evenImaginary + f(cos * sums[at + 1]));
            oddReal = f(oddReal + f(sin * sums[at + 2]));
            oddImaginary = f(oddImaginary + f(sin * sums[at + 3]));
          }
          w[first + k * step] = evenReal + oddImaginary;
          w[first + k * step + 1] = evenImaginary - oddReal;
          w[first + (radix - k) * step] = evenReal - oddImaginary;
          w[first + (radix - k) * step + 1] = evenImaginary + oddReal;
          totalReal = f(totalReal + sums[4 * k - 2]);
          totalImaginary = f(totalImaginary + sums[4 * k - 1]);
        }
        w[first] = totalReal;
        w[first + 1] = totalImaginary;
      }
    }
  }

  /** Splits the transform of the points (even samples + i · odd samples) into those of even and odd samples and joins them. */
  private unpack(): void {
    const h = this.points, w = this.work, u = this.unpacking;
    const real = w[0], imaginary = w[1];
    w[0] = real + imaginary;
    w[1] = 0;
    w[2 * h] = real - imaginary;
    w[2 * h + 1] = 0;
    for (let k = 1; 2 * k <= h; k++) {
      const a = 2 * k, b = 2 * (h - k);
      const ar = w[a], ai = w[a + 1], br = w[b], bi = w[b + 1], cos = u[2 * k], sin = u[2 * k + 1];
      const evenReal = f(0.5 * f(ar + br)), evenImaginary = f(0.5 * f(ai - bi));
      const oddReal = f(0.5 * f(ai + bi)), oddImaginary = f(0.5 * f(br - ar));
      const turnedReal = f(f(cos * oddReal) + f(sin * oddImaginary)), turnedImaginary = f(f(cos * oddImaginary) - f(sin * oddReal));
      w[a] = evenReal + turnedReal;
      w[a + 1] = evenImaginary + turnedImaginary;
      if (2 * k === h) break;
      w[b] = evenReal - turnedReal;
      w[b + 1] = turnedImaginary - evenImaginary;
    }
  }
}

function stageOf(radix: number, spacing: number): Stage {
  const twiddles = new Float32Array(2 * (spacing - 1) * (radix - 1));
  const all = roots(radix * spacing, radix * spacing);
  let at = 0;
  for (let j = 1; j < spacing; j++) {
    for (let q = 1; q < radix; q++, at += 2) {
      twiddles[at] = all[2 * j * q];
      twiddles[at + 1] = all[2 * j * q + 1];
    }
  }
  return { radix, spacing, twiddles, oddRoots: radix % 2 === 1 ? roots(radix, radix) : new Float32Array(0) };
}

function factors(points: number): number[] {
  const radices: number[] = [];
  for (const radix of [4, 2]) for (; points % radix === 0; points /= radix) radices.push(radix);
  for (let radix = 3; points > 1; radix += 2) for (; points % radix === 0; points /= radix) radices.push(radix);
  return radices;
}
