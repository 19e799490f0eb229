/**
 * The random numbers of `new Random(seed)` of .NET, which the room before and after a stream is made with: Knuth's subtractive generator
 * (The Art of Computer Programming, volume 2, 3.2.2).
 */
export class NetRandom {
  private readonly seeds = new Int32Array(56);
  private first = 0;
  private second = 21;

  constructor(seed: number) {
    const largest = 0x7fffffff;
    let mj = 161803398 - Math.abs(seed);
    let mk = 1;
    this.seeds[55] = mj;
    for (let i = 1, place = 0; i < 55; i++) {
      place += 21;
      if (place >= 55) place -= 55;
      this.seeds[place] = mk;
      mk = (mj - mk) | 0;
      if (mk < 0) mk += largest;
      mj = this.seeds[place];
    }
    for (let round = 1; round < 5; round++) {
      for (let i = 1; i < 56; i++) {
        const n = i + 30 >= 55 ? i - 25 : i + 30;
        this.seeds[i] -= this.seeds[1 + n];
        if (this.seeds[i] < 0) this.seeds[i] += largest;
      }
    }
  }

  /** A whole number from 0 to below `limit`. */
  next(limit: number): number {
    const largest = 0x7fffffff;
    if (++this.first >= 56) this.first = 1;
    if (++this.second >= 56) this.second = 1;
    let value = (this.seeds[this.first] - this.seeds[this.second]) | 0;
    if (value === largest) value--;
    if (value < 0) value += largest;
    this.seeds[this.first] = value;
    return Math.trunc(value * (1 / largest) * limit);
  }
}
