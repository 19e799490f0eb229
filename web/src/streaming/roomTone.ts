import { NetRandom } from '../audio/netRandom.js';

const f = Math.fround;

/** The background sound between words: the quietest block of the recent past, which is put before a stream and after it. */
export class RoomTone {
  private readonly samples: Float32Array;
  private readonly powers: Float32Array;
  private count = 0;

  constructor(private readonly blockLength: number, private readonly blocks: number) {
    this.samples = new Float32Array(blockLength * blocks);
    this.powers = new Float32Array(blocks);
  }

  add(block: Float32Array, power: number): void {
    const place = this.count++ % this.blocks;
    this.samples.set(block, place * this.blockLength);
    this.powers[place] = power;
  }

  /** The quietest block, repeated with random signs, which keeps it from becoming a tone; its mean keeps its sign. */
  make(samples: number): Float32Array {
    const tone = new Float32Array(samples);
    if (this.count === 0) return tone;
    const held = Math.min(this.count, this.blocks);
    let quietest = 0;
    for (let i = 1; i < held; i++) if (this.powers[i] < this.powers[quietest]) quietest = i;
    const block = this.samples.subarray(quietest * this.blockLength, (quietest + 1) * this.blockLength);
    let sum = 0;
    for (const x of block) sum += x;
    const offset = f(sum / block.length);
    const random = new NetRandom(1);
    for (let at = 0; at < samples; at += this.blockLength) {
      const sign = random.next(2) === 0 ? 1 : -1;
      for (let i = 0; i < this.blockLength && at + i < samples; i++) tone[at + i] = offset + sign * f(block[i] - offset);
    }
    return tone;
  }

  reset(): void {
    this.count = 0;
  }
}
