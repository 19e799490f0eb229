import type { GateSettings } from './settings.js';

const f = Math.fround;
const averaged = 3;

/** The power of a block about its mean. */
export function powerAboutMean(block: Float32Array): number {
  let sum = 0, squares = 0;
  for (let i = 0; i < block.length; i++) {
    sum += block[i];
    squares += block[i] * block[i];
  }
  const mean = sum / block.length;
  return f(Math.max(0, squares / block.length - mean * mean));
}

/**
 * Follows the level of a signal block by block and finds the blocks that stand out from the noise. The level of a block is its power,
 * averaged with the two blocks before it; the noise floor falls to a lower level at once and rises slowly.
 */
export class SpeechGate {
  count = 0;
  /** The last block that stood out from the noise; −∞ where none did. */
  lastActive = -Infinity;
  /** The last block that was louder than silence; −∞ where none was. */
  lastAudible = -Infinity;
  lastPower = 0;
  private readonly levels: Float32Array;
  private readonly powers = new Float32Array(averaged);
  private readonly silenceDb: number;
  private readonly marginDb: number;
  private readonly riseDb: number;
  private floorDb: number;

  constructor(blocks: number, blockSeconds: number, silenceDb: number, settings: GateSettings) {
    this.levels = new Float32Array(blocks);
    this.silenceDb = this.floorDb = f(silenceDb);
    this.marginDb = f(settings.marginDb);
    this.riseDb = f(settings.riseDbPerSecond * blockSeconds);
  }

  push(block: Float32Array): void {
    this.lastPower = powerAboutMean(block);
    this.powers[this.count % averaged] = this.lastPower;
    let power = 0;
    for (const each of this.powers) power = f(power + f(each / averaged));
    const level = Math.max(f(10 * f(Math.log10(power))), this.silenceDb);
    this.levels[this.count % this.levels.length] = level;
    this.floorDb = Math.min(level, f(this.floorDb + this.riseDb));
    if (level > this.silenceDb) {
      this.lastAudible = this.count;
      if (level >= f(this.floorDb + this.marginDb)) this.lastActive = this.count;
    }
    this.count++;
  }

  /** The loudest sound among some blocks, across gaps of up to `longestGap` blocks: its first and last block. */
  loudestStretch(from: number, to: number, longestGap: number): [number, number] {
    from = Math.max(from, Math.max(0, this.count - this.levels.length));
    to = Math.max(from, Math.min(to, this.count - 1));
    let loudest = from;
    for (let block = from; block <= to; block++) if (this.level(block) > this.level(loudest)) loudest = block;
    const limit = Math.max(f(this.level(loudest) - 25), f(f(this.level(loudest) + this.floorDb) / 2));
    return [this.reach(loudest, -1, from, limit, longestGap), this.reach(loudest, 1, to, limit, longestGap)];
  }

  reset(): void {
    this.count = 0;
    this.lastActive = this.lastAudible = -Infinity;
    this.floorDb = this.silenceDb;
    this.powers.fill(0);
  }

  private reach(block: number, direction: number, end: number, limit: number, longestGap: number): number {
    let reached = block;
    for (let at = block; (end - at) * direction >= 0 && Math.abs(at - reached) <= longestGap + 1; at += direction) {
      if (this.level(at) >= limit) reached = at;
    }
    return reached;
  }

  private level(block: number): number {
    return this.levels[block % this.levels.length];
  }
}
